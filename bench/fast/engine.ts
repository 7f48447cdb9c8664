import { createEngine } from '#engine/engine.ts'

/** An engine as a process of its own: `engine.ts DATA_DIR [UNDO_MS]`; asked over its control socket. */
const [dataDir = '', undoMs] = process.argv.slice(2)
const engine = await createEngine({
  dataDir,
  version: '0.0.0-bench',
  listen: { host: '127.0.0.1', port: 0, portWasAskedFor: true },
  osKeyStorage: null,
  ...(undoMs !== undefined && { undoMs: Number(undoMs) }),
})
process.on('SIGTERM', () => {
  void engine.close().then(() => process.exit(0))
})
console.log(`Listening  ${engine.status().listening?.url ?? ''}`)
