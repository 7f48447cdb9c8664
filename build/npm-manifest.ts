import { z } from 'zod'

/** What of the project's package.json goes into that of the npm package. */
const ProjectManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  author: z.string(),
  repository: z.unknown().optional(),
  homepage: z.string().optional(),
  bugs: z.unknown().optional(),
  dependencies: z.record(z.string(), z.string()),
})
export type ProjectManifest = z.infer<typeof ProjectManifest>

export function readManifest(text: string): ProjectManifest {
  return ProjectManifest.parse(JSON.parse(text))
}

/** Nothing runs at its installation: there are no scripts. */
export function npmManifest({ dependencies, ...project }: ProjectManifest) {
  const names = Object.keys(dependencies)
  if (names.join() !== 'better-sqlite3') {
    throw new Error(`The npm package would need ${names.join(', ')}; only better-sqlite3 may stay.`)
  }
  return {
    ...project,
    keywords: ['webhook', 'webhooks', 'signature', 'hmac', 'inspector', 'debugging', 'cli'],
    bin: { countersign: 'cli/launcher.cjs' },
    man: ['man/countersign.1'],
    // better-sqlite3 needs it; the launcher tells those who have an older one.
    engines: { node: '>=22' },
    files: ['cli', 'dist', 'man', 'completions', 'THIRD-PARTY-NOTICES.txt'],
    dependencies,
  }
}
