import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allNodes } from '#cli/reference/command-tree.ts'
import { jsonOutputs } from '#cli/reference/json-outputs.ts'
import { jsonSchemaOf } from '#cli/reference/json-schema.ts'
import { wholeTree } from '#cli/reference/whole-tree.ts'
import { runCli, startListening } from './cli-process.ts'
import { startEngine, type StartedEngine } from './started-engine.ts'

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
const ajv = new Ajv2020({ strict: false })
const schemas = new Map(
  jsonOutputs.map((output) => [output.name, ajv.compile(jsonSchemaOf(output))] as const),
)

let engine: StartedEngine
let target: Server
let targetUrl: string
let folder: string
const file = (name: string) => path.join(folder, name)

beforeAll(async () => {
  engine = await startEngine()
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-json-'))
  target = createServer((request, response) => request.resume().on('end', () => response.end('ok')))
  target.listen(0, '127.0.0.1')
  await once(target, 'listening')
  const address = target.address()
  targetUrl = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  for (const body of ['{"a":1}', '{"card":"4111111111111111"}']) {
    await (await fetch(`${engine.url}/one?token=x`, { method: 'POST', body })).arrayBuffer()
  }
  writeFileSync(
    file('request.http'),
    'POST /one HTTP/1.1\r\nHost: a\r\nStripe-Signature: t=1,v1=00\r\n\r\n{}',
  )
  writeFileSync(file('body.json'), '{"type":"a"}')
  const scheme = await cli('schemes', 'show', 'stripe', '--json')
  const own = { ...JSON.parse(scheme), id: 'acme', name: 'Acme' }
  writeFileSync(file('acme.json'), JSON.stringify(own))
}, 30_000)
afterAll(async () => {
  target.close()
  await engine.end()
  rmSync(folder, { recursive: true, force: true })
})

/** Standard output of a command; whatever its exit code. */
async function cli(...args: string[]): Promise<string> {
  const env = { SECRET, COUNTERSIGN_DATA_DIR: engine.dataDir }
  const { stdout, stderr, code } = await runCli(args, { env })
  if (code === 2) throw new Error(`${args.join(' ')}: ${stderr}`)
  return stdout.toString()
}

/** Every command that takes --json, with what makes it print everything that it can; in order. */
const calls: ReadonlyArray<readonly [name: string, ...args: string[]]> = [
  ['delivery-event', 'list'],
  ['delivery', 'show', '1'],
  ['delivery', 'show', '2'],
  [
    'endpoint',
    'endpoints',
    'add',
    'one',
    '--path',
    '/one',
    '--scheme',
    'stripe',
    '--secret-env',
    'SECRET',
    '--answer-status',
    '202',
    '--forward-to',
    'TARGET',
  ],
  ['endpoint', 'endpoints', 'update', 'one', '--forward-to', 'none', '--answer', 'default'],
  ['endpoint', 'endpoints', 'list'],
  ['endpoint-usage', 'endpoints', 'show', 'one'],
  ['delivery', 'show', '1'],
  ['replay', 'replay', '1', '--to', 'TARGET'],
  ['replay', 'replay', '1', '2', '--to', 'TARGET'],
  ['replay', 'send', '--scheme', 'stripe', '--secret-env', 'SECRET', '--to', 'TARGET'],
  ['sample-event', 'send', '--scheme', 'stripe', '--list-events'],
  ['delivery-event', 'wait', '--after', '0', '--timeout', '5'],
  ['key-pair', 'keys', 'make', '--scheme', 'discord'],
  ['key-pair', 'keys', 'make', '--scheme', 'discord', '--endpoint', 'one'],
  ['data-key', 'data-key', 'list'],
  ['data-key', 'data-key', 'unlock'],
  ['data-key-rotation', 'data-key', 'rotate'],
  ['authority', 'ca', 'make'],
  ['authority', 'ca', 'show'],
  ['trust-steps', 'ca', 'trust'],
  ['tunnel-programs', 'tunnel', 'list'],
  ['tunnel-stopped', 'tunnel', 'stop'],
  ['public-address', 'tunnel', 'url', 'https://hooks.example.com'],
  ['log-line', 'logs', '--level', 'debug'],
  ['export-summary', 'export', '1', '-o', 'FOLDER/out.ndjson', '--redact-json', '$.a'],
  ['import-summary', 'import', 'FOLDER/out.ndjson'],
  ['scheme-info', 'schemes', 'list'],
  ['scheme', 'schemes', 'show', 'slack'],
  ['scheme', 'schemes', 'add', 'FOLDER/acme.json'],
  ['scheme-check', 'schemes', 'validate', 'FOLDER/acme.json'],
  ['scheme-check', 'schemes', 'validate', 'FOLDER/body.json'],
  ['verification', 'verify', 'FOLDER/request.http', '--scheme', 'stripe', '--secret-env', 'SECRET'],
  ['causes', 'diagnose', 'FOLDER/request.http', '--scheme', 'stripe', '--secret-env', 'SECRET'],
  [
    'signed',
    'sign',
    '--scheme',
    'stripe',
    '--secret-env',
    'SECRET',
    '--body-file',
    'FOLDER/body.json',
  ],
  ['check-cases', 'check', '--list', '--scheme', 'stripe'],
  [
    'check-report',
    'check',
    '--scheme',
    'stripe',
    '--secret-env',
    'SECRET',
    '--to',
    'TARGET',
    '--only',
    'accepts',
  ],
  ['saved-fixtures', 'fixtures', 'save', '1', '--dir', 'FOLDER/fixtures'],
  ['fixture-result', 'test', 'FOLDER/fixtures', '--to', 'TARGET', '--secret-env', 'SECRET'],
  ['verifier-code', 'code', '--scheme', 'slack', '--target', 'express'],
  ['subscriber-hash', 'subscriber-hash', 'a', '--secret-env', 'SECRET'],
  ['subscriber-hash', 'subscriber-hash', 'a', '--secret-env', 'SECRET', '--check', 'b'],
  ['backup', 'backup', 'FOLDER/backup.tar'],
  ['health', 'doctor'],
  ['data-key', 'data-key', 'add', 'key-file'],
  ['data-key', 'data-key', 'begin-anew', '--yes'],
]

/** They need a state that no test of a minute can bring about with the ones above. */
const refusedHere = new Set(['data-key add key-file', 'data-key begin-anew --yes'])

describe('--json prints what its schema says', () => {
  it.each(calls.map((call) => [call.slice(1).join(' '), call] as const))(
    '%s',
    async (what, [name, ...args]) => {
      const words = args.map((arg) => arg.replace('FOLDER', folder).replace('TARGET', targetUrl))
      const printed = await cli(...words, '--json')
      const values = printed
        .split('\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line))
      expect(values.length > 0 || refusedHere.has(what)).toBe(true)
      const schema = schemas.get(name)
      for (const value of values) expect([schema?.(value), schema?.errors]).toEqual([true, null])
    },
  )

  it('listen', async () => {
    const dataDir = mkdtempSync(path.join(folder, 'listen-'))
    const listening = await startListening(dataDir, [
      '--port',
      '0',
      '--no-ui',
      '--forward-to',
      targetUrl,
    ])
    await (await fetch(`${listening.url}/a`, { method: 'POST', body: 'x' })).arrayBuffer()
    const schema = schemas.get('listen')
    for (const value of [listening.first, ...(await listening.deliveries(1))]) {
      expect([schema?.(value), schema?.errors]).toEqual([true, null])
    }
    expect(await listening.stop()).toBe(0)
  }, 30_000)

  it('every command that takes --json names its schema, and every schema is tried', () => {
    const takes = allNodes(wholeTree())
      .filter(({ options }) => options.some(({ long }) => long === '--json'))
      .map(({ path: words }) => words.join(' '))
    const named = jsonOutputs
      .flatMap(({ commands }) => commands)
      .filter((name) => !name.includes(' --'))
    expect(named.sort()).toEqual(takes.sort())
    // A tunnel needs a program that opens one; what it prints is a part of `tunnel list`.
    const tried = new Set([...calls.map(([name]) => name), 'listen', 'tunnel'])
    expect(jsonOutputs.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([])
  })

  it('a schema refuses what is not as it says', () => {
    const schema = schemas.get('delivery-event')
    expect(schema?.({ event: 'delivery', id: 'x' })).toBe(false)
    expect(schema?.({})).toBe(false)
  })
})
