import { rmSync } from 'node:fs'
import path from 'node:path'
import { createBuilder } from 'vite'
import { BUILT_FOLDER, builtFolder } from './folder.ts'

const root = path.join(import.meta.dirname, '..', '..')

/**
 * Builds what runs as a thread or a program of its own, once per run of Vitest, from the sources as
 * they stand. Out of hundreds of TypeScript files each takes a second of a processor or two to
 * start, and every engine starts up to four threads.
 */
export async function setup(): Promise<void> {
  const input = { 'engine-process': path.join(root, 'test', 'integration', 'engine-process.ts') }
  const builder = await createBuilder({
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'error',
    environments: { node: { build: { outDir: builtFolder, rolldownOptions: { input } } } },
  })
  const { node } = builder.environments
  if (!node) throw new Error('vite.config.ts builds nothing for Node.')
  try {
    await builder.build(node)
    process.env[BUILT_FOLDER] = builtFolder
  } catch (error) {
    // A file that is half written must not keep the tests of others from running.
    rmSync(builtFolder, { recursive: true, force: true })
    console.warn('The programs could not be built; tests start them from their sources.', error)
  }
}

export function teardown(): void {
  rmSync(builtFolder, { recursive: true, force: true })
}
