import { closeSync, fdatasyncSync, openSync, writevSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'

/**
 * The reference for answer times: a bare server that writes what came in an event-loop turn to the
 * end of one file, syncs it, and answers then. `syncing-server.ts FILE`.
 */
const file = openSync(process.argv[2] ?? '', 'a')
let waiting: { body: Buffer; response: ServerResponse }[] = []

function flush(): void {
  const batch = waiting
  waiting = []
  writevSync(
    file,
    batch.map(({ body }) => body),
  )
  fdatasyncSync(file)
  for (const { response } of batch) {
    response.writeHead(200, { 'Content-Length': 0 })
    response.end()
  }
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (waiting.push({ body: Buffer.concat(chunks), response }) === 1) setImmediate(flush)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') {
    console.log(`Listening  http://127.0.0.1:${address.port}`)
  }
})
process.on('SIGTERM', () => {
  server.close(() => {
    closeSync(file)
    process.exit(0)
  })
  server.closeAllConnections()
})
