import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const Names = z.record(z.string(), z.string()).optional()

/** What package-lock.json (lockfileVersion 3) says of one folder in node_modules. */
const LockedPackage = z.object({
  /** Only where the folder has another name than the package. */
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  optional: z.boolean().optional(),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().optional() }))
    .optional(),
})
export type LockedPackage = z.infer<typeof LockedPackage>

const LockFile = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), LockedPackage),
})

/** The packages of a lock file by their folder (`node_modules/zod`); the project itself is ``. */
export function readLockFile(root: string): ReadonlyMap<string, LockedPackage> {
  const text = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  return new Map(Object.entries(LockFile.parse(JSON.parse(text)).packages))
}

/** The name of the package in a folder of the lock file: what follows the last `node_modules/`. */
export function packageName(folder: string, locked: LockedPackage): string {
  return locked.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** The folder that Node finds `name` in when something in `from` asks for it; `null`: none. */
export function resolveFrom(
  packages: ReadonlyMap<string, LockedPackage>,
  from: string,
  name: string,
): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const folder = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (packages.has(folder)) return folder
    if (at === '') return null
  }
}
