import process from 'node:process'

/** The reference that records: mockttp keeping every request in memory, as its users see them. */
interface Mockttp {
  start(): Promise<void>
  port: number
  on(event: 'request', seen: (request: unknown) => void): Promise<void>
  forPost(path: string): { thenReply(status: number): Promise<unknown> }
}

const name: string = 'mockttp'
const mockttp: { getLocal(options: { recordTraffic: boolean }): Mockttp } = await import(name)
const server = mockttp.getLocal({ recordTraffic: true })
await server.start()
const seen: unknown[] = []
await server.on('request', (request) => seen.push(request))
await server.forPost('/bench').thenReply(200)
process.on('SIGTERM', () => process.exit(0))
console.log(`Listening  http://127.0.0.1:${server.port}`)
