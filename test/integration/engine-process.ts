/** An engine as a process of its own, to be killed by a test: says its URL, or why it does not run. */
import { createEngine } from '#engine/engine.ts'
import { EngineStartError } from '#engine/options.ts'

async function main(dataDir: string): Promise<void> {
  try {
    const engine = await createEngine({
      dataDir,
      version: '0.0.0-spawned',
      listen: { host: '127.0.0.1', port: 0, portWasAskedFor: true },
      osKeyStorage: null,
    })
    console.log(engine.status().listening?.url)
  } catch (error) {
    console.log(error instanceof EngineStartError ? error.code : String(error))
    process.exitCode = 1
  }
}

void main(process.argv[2] ?? '')
