/** Credentials that came with a request: masked in exports and on the terminal unless asked for. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { runCli } from './cli-process.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir } from './opened-engine.ts'

const HIDDEN = ['hidden-passcode-1', 'hidden-query-2', 'hidden-cookie-3', 'aGlkZGVuLTQ6eA==']
const BODY = JSON.stringify({ event_type: 'PING', passcode: HIDDEN[0], note: 'ü"passcode"' })

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
  await app.client.endpoints.create({ name: 'figma', path: '/figma', schemeId: 'figma' })
  await post(`${app.url}/figma?token=${HIDDEN[1]}&page=2`, BODY, [
    ...['Content-Type', 'application/json', 'Cookie', `session=${HIDDEN[2]}`],
    ...['Authorization', `Basic ${HIDDEN[3]}`],
  ])
  await post(`${app.url}/plain`, '{"passcode":"stays"}', ['X-Signature', 'abc'])
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const cli = async (...args: string[]) => {
  const { stdout, stderr, code } = await runCli([...args, '--data-dir', dataDir])
  expect([code, stderr.includes('failed')]).toEqual([0, false])
  return String(stdout)
}
const lines = async (...args: string[]) => (await cli(...args)).split('\n').slice(1)
const found = (text: string) => HIDDEN.filter((hidden) => text.includes(hidden))
/** NDJSON has bodies in base64. */
const bodyIn = (text: string, body: string) => text.includes(Buffer.from(body).toString('base64'))

it('says where in the body the credential stands, also in a compressed one', async () => {
  const { client } = app
  const [range] = await client.deliveries.credentialRanges({ id: 1 })
  const bytes = Buffer.from(BODY)
  expect(
    bytes.subarray(range?.offset, (range?.offset ?? 0) + (range?.length ?? 0)).toString(),
  ).toBe(HIDDEN[0])
  expect(await client.deliveries.credentialRanges({ id: 2 })).toEqual([])
  await post(`${app.url}/figma`, gzipSync(BODY), [
    ...['Content-Type', 'application/json', 'Content-Encoding', 'gzip'],
  ])
  expect(await client.deliveries.credentialRanges({ id: 3, decoded: true })).toEqual([range])
})

it.each(['curl-bash', 'har', 'http-file', 'ndjson'])(
  '%s has them only when asked to',
  async (format) => {
    const masked = await cli('export', '1', '2', '--format', format)
    expect(found(masked)).toEqual([])
    expect(bodyIn(masked, BODY)).toBe(false)
    expect(masked).toContain('page=2')
    expect(masked).toMatch(/X-Signature/i)
    const whole = await cli('export', '1', '--format', format, '--with-credentials')
    expect(found(whole)).toEqual(format === 'ndjson' ? HIDDEN.slice(1) : HIDDEN)
    expect(bodyIn(whole, BODY)).toBe(format === 'ndjson')
  },
)

it('show hides them, and shows them with an option', async () => {
  expect(found(await cli('show', '1'))).toEqual([])
  expect(found(await cli('show', '1', '--with-credentials'))).toEqual(HIDDEN)
  expect(found(await cli('show', '1', '--raw'))).toEqual(HIDDEN)
})

it('what has none is exported as it is, to the byte', async () => {
  // The first line says when it was exported.
  const whole = await lines('export', '2', '--with-credentials')
  expect(await lines('export', '2')).toEqual(whole)
})
