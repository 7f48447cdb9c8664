import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { callShapes, type CallShape } from '#contract/input-shapes.fixture.ts'
import { honestSender } from '#test/fuzz/http/campaign.ts'
import { Seeded } from '#test/fuzz/seeded.ts'
import {
  openEngine,
  post,
  temporaryDataDir,
  type OpenedEngine,
} from '#test/integration/opened-engine.ts'
import { openDoors, type Door } from './doors.ts'
import { makeInput, type Ground } from './make-input.ts'
import { garbageFrame } from './garbage-frame.ts'

export interface ApiCampaign {
  calls: number
  /** How often each status came, by door. */
  statuses: Record<string, Record<number, number>>
  faults: string[]
  slowestHonestMs: number
  slowestLoopMs: number
  tookMs: number
}

export interface ApiCampaignOptions {
  seed: number
  inputs: number
  mostMs: number
  onProgress?: (calls: number) => void
}

/** These go on for ever, or send much and slowly; one in so many is enough. */
const RARE: Readonly<Record<string, number>> = {
  'checks.start': 0.02,
  'batches.create': 0.1,
  'compose.send': 0.1,
  'fixtures.run': 0.1,
  'deliveries.remove': 0.05,
}
/** An event stream, and what takes the listener from the honest sender. */
const LEFT_OUT = new Set(['status.changes', 'listener.pause'])
/** What an API may answer to what it does not like (contract/api/base.ts), and HTTP's own. */
const FINE = new Set([0, 200, 400, 403, 404, 405, 409, 413, 423])
const AT_ONCE = 8
const LONGEST_BLOCK_MS = 1000

/** Seeded calls through every door of a real engine, with inputs made from the contract's own shapes. */
export async function runApiCampaign(options: ApiCampaignOptions): Promise<ApiCampaign> {
  const dataDir = temporaryDataDir()
  const folder = temporaryDataDir()
  layGround(folder)
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => response.end('{"ok":true}'))
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const app = await openEngine(dataDir)
  const doors = await openDoors(app.engine, join(folder, 'renderer'))
  try {
    await fill(app)
    const ground = {
      folder,
      urls: [`http://127.0.0.1:${portOf(receiver)}/hook`, 'http://127.0.0.1:1/'],
      mostId: 12,
      schemeIds: ['stripe', 'svix', 'github', 'aws-sns', 'nobody', ''],
    }
    return await new Campaign(options, app, doors.all, ground).run()
  } finally {
    await doors.close()
    await app.engine.close()
    receiver.closeAllConnections()
    receiver.close()
    for (const each of [dataDir, folder]) rmSync(each, { recursive: true, force: true })
  }
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen.')
  return address.port
}

function layGround(folder: string): void {
  mkdirSync(join(folder, 'renderer'))
  writeFileSync(join(folder, 'renderer', 'index.html'), '')
  mkdirSync(join(folder, 'a'))
  writeFileSync(join(folder, 'file'), '')
  if (process.platform !== 'win32') symlinkSync('/proc', join(folder, 'link'))
}

/** Something to ask for. */
async function fill({ client, url }: OpenedEngine): Promise<void> {
  for (const [at, schemeId] of ['stripe', 'github', null].entries()) {
    const secrets = schemeId === null ? [] : [{ text: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0' }]
    await client.endpoints.create({ name: `e${at}`, path: `/e${at}`, schemeId, secrets })
  }
  for (let n = 0; n < 9; n += 1) {
    await post(`${url}/e${n % 4}`, JSON.stringify({ id: `evt_${n}`, type: 'a.b', n }), [
      ...['Content-Type', 'application/json', 'X-Hub-Signature-256', `sha256=${'a'.repeat(64)}`],
    ])
  }
}

class Campaign {
  private readonly options: ApiCampaignOptions
  private readonly app: OpenedEngine
  private readonly doors: readonly Door[]
  private readonly ground: Ground
  private readonly calls: readonly CallShape[]
  private readonly found: ApiCampaign = {
    ...{ calls: 0, statuses: {}, faults: [], slowestHonestMs: 0, slowestLoopMs: 0, tookMs: 0 },
  }

  constructor(
    options: ApiCampaignOptions,
    app: OpenedEngine,
    doors: readonly Door[],
    ground: Ground,
  ) {
    this.options = options
    this.app = app
    this.doors = doors
    this.ground = ground
    this.calls = callShapes().filter(({ name }) => !LEFT_OUT.has(name))
  }

  async run(): Promise<ApiCampaign> {
    const { found, options } = this
    const unhandled = (error: unknown) => found.faults.push(`Nobody handled ${inspect(error)}`)
    process.on('unhandledRejection', unhandled)
    const complain = console.error
    // The doors note what they cannot read; there is much of it here.
    console.error = () => undefined
    const startedAt = performance.now()
    const chance = new Seeded(options.seed)
    try {
      while (found.calls < options.inputs && performance.now() - startedAt < options.mostMs) {
        await this.batch(chance)
        options.onProgress?.(found.calls)
        if (found.faults.length >= 5) break
      }
      await this.app.client.status.get()
    } finally {
      console.error = complain
      process.off('unhandledRejection', unhandled)
    }
    found.tookMs = performance.now() - startedAt
    return found
  }

  private async batch(chance: Seeded): Promise<void> {
    const { found } = this
    const delay = monitorEventLoopDelay({ resolution: 10 })
    const before = process.cpuUsage()
    delay.enable()
    const begun = chance.many(AT_ONCE, () => this.one(chance))
    const told = await Promise.all(begun.map(({ ended }) => ended))
    delay.disable()
    found.slowestLoopMs = Math.max(found.slowestLoopMs, delay.max / 1e6)
    found.calls += told.length
    found.faults.push(...told.filter((fault) => fault !== null))
    // Where the machine is busy elsewhere the loop waits too, without working.
    const workedMs = process.cpuUsage(before).user / 1000
    if (Math.min(delay.max / 1e6, workedMs) > LONGEST_BLOCK_MS) {
      const which = begun.map(({ what }) => what).join('\n')
      found.faults.push(`The event loop stood still for ${delay.max / 1e6} ms in one of:\n${which}`)
    }
    if (polluted())
      found.faults.push(
        `Prototypes were polluted by one of:\n${begun.map(({ what }) => what).join('\n')}`,
      )
    const { url } = this.app
    if (found.calls % (AT_ONCE * 25) === 0) {
      const honestMs = await honestSender(Number(new URL(url).port))
      found.slowestHonestMs = Math.max(found.slowestHonestMs, honestMs)
    }
  }

  private one(chance: Seeded): { what: string; ended: Promise<string | null> } {
    const door = chance.pick(this.doors)
    if (door.garbage && chance.chance(0.03)) {
      const bytes = garbageFrame(chance)
      door.garbage(bytes)
      return { what: `${door.name}: ${shown(bytes)}`, ended: Promise.resolve(null) }
    }
    let call = chance.pick(this.calls)
    while (chance.next() > (RARE[call.name] ?? 1)) call = chance.pick(this.calls)
    const input = makeInput(call.input, this.ground, chance)
    const what = `${door.name}: ${call.name}(${shown(input)})`
    return { what, ended: this.ended(door, call, input, what) }
  }

  private async ended(
    door: Door,
    call: CallShape,
    input: unknown,
    what: string,
  ): Promise<string | null> {
    const startedAt = performance.now()
    try {
      const { status, message } = await door.call(call, input)
      const counts = (this.found.statuses[door.name] ??= {})
      counts[status] = (counts[status] ?? 0) + 1
      if (FINE.has(status)) return null
      return `${what} was answered ${status} ${message}`
    } catch (error) {
      const tookMs = Math.round(performance.now() - startedAt)
      return `${what} got no answer within ${tookMs} ms: ${String(error)}`
    }
  }
}

function shown(value: unknown): string {
  return inspect(value, { depth: 6, maxStringLength: 300, maxArrayLength: 6, breakLength: 200 })
}

function polluted(): boolean {
  const some: object = {}
  return (
    Object.keys(Object.prototype).length > 0 ||
    'polluted' in some ||
    'polluted' in [] ||
    'polluted' in (() => undefined)
  )
}
