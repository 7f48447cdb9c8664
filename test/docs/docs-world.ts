import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { absolute } from './absolute.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { makeTestKeyPair } from '#engine/signatures/test-key-pair.ts'
import { FILLED, sendStripe } from './docs-senders.ts'
import { runInDocs, type Ran } from './run-in-docs.ts'
import type { ShellCommand } from './shell-lines.ts'
import { hasOpenssl, selfSignedFiles } from '#test/integration/self-signed.ts'
import { startEngine, type StartedEngine } from '#test/integration/started-engine.ts'

const execute = promisify(execFile)
/** Programs of the system that pages use beside our own. */
const SYSTEM = ['mkdir', 'cp', 'tar', 'cat', 'curl']

/** A machine as the docs suppose it: Countersign listens, a program of yours answers, files lie about. */
export interface DocsWorld {
  run(command: ShellCommand): Promise<Ran>
  end(): Promise<void>
}

/** @param page whose JSON block, where it has one, is the file that its commands name */
export async function openDocsWorld(page: string): Promise<DocsWorld> {
  const engine = await startEngine()
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-docs-'))
  const target = await listening((answer) => answer(200))
  const before = process.cwd()
  process.chdir(folder)
  for (let count = 0; count < 8; count += 1) await sendStripe(engine.url, count)
  await writeFiles(page)
  copyFileSync(path.join(engine.dataDir, 'data.key'), 'data.key')
  const filled = (text: string) =>
    text
      .replaceAll('http://127.0.0.1:4100', engine.url)
      .replaceAll(/http:\/\/(?:localhost|127\.0\.0\.1):(?:3000|8080)/g, target.url)
      .replaceAll('0.0.0.0', '127.0.0.1')
      .replaceAll(/\$\(cat ([\w.-]+)\)/g, (_, file: string) => readFileSync(file, 'utf8'))
      .replaceAll('…', FILLED)
  return {
    run: async (command) => {
      const words = command.words.map(filled)
      const env = Object.fromEntries(command.env.map(([name, value]) => [name, filled(value)]))
      const [program = '', ...args] = words[0] === 'npx' ? words.slice(1) : words
      if (words.includes('request.http') && !existsSync('request.http')) await writeRequest(engine)
      if (program === 'countersign') {
        const { readsFrom, writesTo } = command
        return runInDocs({ args, env, readsFrom, writesTo, engine })
      }
      if (!SYSTEM.includes(program)) throw new Error(`The docs test does not run “${program}”.`)
      const { stdout, stderr } = await execute(program, args, { timeout: 10_000 })
      return { code: 0, text: stdout + stderr }
    },
    end: async () => {
      process.chdir(before)
      target.server.close()
      target.server.closeAllConnections()
      await engine.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The request that a page has saved before it shows a command on it: the newest that came. */
async function writeRequest(engine: StartedEngine): Promise<void> {
  const [newest] = (await engine.client.deliveries.list({ limit: 1 })).rows
  const args = ['show', String(newest?.id), '--raw']
  await runInDocs({ args, env: {}, readsFrom: null, writesTo: 'request.http', engine })
}

async function listening(
  on: (answer: (status: number) => void) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => on((status) => response.writeHead(status).end()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { server, url: `http://127.0.0.1:${port}` }
}

async function writeFiles(page: string): Promise<void> {
  const scheme = findScheme(path.basename(page, '.md'))
  const pair = scheme && (await makeTestKeyPair(scheme))
  if (pair) writeFileSync('public-key.txt', pair.publicKeyText)
  mkdirSync('test')
  writeFileSync('body.json', '{"type":"invoice.paid"}')
  writeFileSync('event.json', '{"type":"event_callback"}')
  const json = /```json\n([\s\S]*?)```/.exec(readFileSync(absolute(page), 'utf8'))?.[1]
  if (json !== undefined) writeFileSync('acme.json', json)
  if (!hasOpenssl) return
  const { certificateFile, keyFile } = selfSignedFiles('.')
  for (const [from, to] of [
    [certificateFile, 'cert.pem'],
    [keyFile, 'key.pem'],
    [certificateFile, 'provider-ca.pem'],
  ] as const) {
    if (existsSync(from)) writeFileSync(to, readFileSync(from), { mode: 0o600 })
  }
}
