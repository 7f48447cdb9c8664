import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { connect } from 'node:net'
import { rmSync } from 'node:fs'
import { Seeded } from '#test/fuzz/seeded.ts'
import { heldMemory } from '#test/integration/held-memory.ts'
import { openEngine, temporaryDataDir } from '#test/integration/opened-engine.ts'
import { exchange, finalStatuses } from './exchange.ts'
import { makeInput, type RawInput } from './generate.ts'
import { faultIn } from './judge.ts'
import { minimised } from './minimise.ts'
import { rowsSince, type RowsSince } from './stored-rows.ts'

export interface HttpFault {
  sentence: string
  input: RawInput
}

export interface HttpCampaign {
  inputs: number
  rows: number
  faults: HttpFault[]
  /** How often each status was answered. */
  statuses: Record<number, number>
  /** Milliseconds that an honest sender waited in between, at most. */
  slowestHonestMs: number
  slowestLoopMs: number
  grownBytes: number
  tookMs: number
}

export interface HttpCampaignOptions {
  seed: number
  inputs: number
  /** It stops then, wherever it is. */
  mostMs: number
  atOnce?: number
  /** Faults are made small, and then no more are looked for. */
  mostFaults?: number
  onProgress?: (inputs: number) => void
  /** As it was found, before it is made small. */
  onFault?: (fault: HttpFault) => void
}

const BATCH = 250
const SETTLED_MS = 1500

/** Seeded raw requests against a real engine on a real socket; each connection is judged on its own. */
export async function runHttpCampaign(options: HttpCampaignOptions): Promise<HttpCampaign> {
  const dataDir = temporaryDataDir()
  const app = await openEngine(dataDir)
  const rows = rowsSince(dataDir)
  try {
    const found = await new Campaign(options, Number(new URL(app.url).port), rows).run()
    const problems = app.engine
      .status()
      // A sender that does not wait for answers may be cut off while many others are in work.
      .problems.filter(({ code }) => code !== 'sender-cut-off')
      .map(({ sentence }) => sentence)
    if (problems.length > 0) throw new Error(`The engine complains: ${problems.join(' ')}`)
    return found
  } finally {
    rows.close()
    await app.engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

class Campaign {
  private readonly options: HttpCampaignOptions
  private readonly port: number
  private readonly rows: RowsSince
  private readonly found: HttpCampaign = {
    ...{ inputs: 0, rows: 0, faults: [], statuses: {}, slowestHonestMs: 0, slowestLoopMs: 0 },
    ...{ grownBytes: 0, tookMs: 0 },
  }
  private addresses = 0

  constructor(options: HttpCampaignOptions, port: number, rows: RowsSince) {
    this.options = options
    this.port = port
    this.rows = rows
  }

  async run(): Promise<HttpCampaign> {
    const { seed, inputs, mostMs, mostFaults = 3, onProgress } = this.options
    const startedAt = performance.now()
    const chance = new Seeded(seed)
    await this.batch(chance.many(50, () => makeInput(chance)))
    const heldBefore = heldMemory()
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    const { found } = this
    while (found.inputs < inputs && performance.now() - startedAt < mostMs) {
      const size = Math.min(BATCH, inputs - found.inputs)
      await this.batch(chance.many(size, () => makeInput(chance)))
      onProgress?.(found.inputs)
      if (found.faults.length >= mostFaults) break
    }
    delay.disable()
    found.slowestLoopMs = delay.max / 1e6
    found.grownBytes = heldMemory() - heldBefore
    found.tookMs = performance.now() - startedAt
    return found
  }

  private async batch(inputs: readonly RawInput[]): Promise<void> {
    const faults = await this.tryAll(inputs)
    this.found.inputs += inputs.length
    for (const [index, sentence] of faults.entries()) {
      const input = inputs[index]
      if (sentence === null || !input) continue
      this.options.onFault?.({ sentence, input })
      const small = await minimised(
        input,
        async (each) => (await this.tryAll([each], 60))[0] !== null,
      )
      this.found.faults.push({
        sentence: (await this.tryAll([small]))[0] ?? sentence,
        input: small,
      })
      if (this.found.faults.length >= (this.options.mostFaults ?? 3)) return
    }
    const honestMs = await honestSender(this.port)
    this.found.slowestHonestMs = Math.max(this.found.slowestHonestMs, honestMs)
  }

  private async tryAll(
    inputs: readonly RawInput[],
    settledMs = SETTLED_MS,
  ): Promise<(string | null)[]> {
    const address = this.nextAddress()
    const waiting = [...inputs.entries()]
    const exchanged: Awaited<ReturnType<typeof exchange>>[] = []
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        exchanged[next[0]] = await exchange(this.port, next[1], address)
      }
    }
    await Promise.all(Array.from({ length: this.options.atOnce ?? 32 }, work))
    const faults = () => this.judged(inputs, exchanged, stored)
    const stored = this.rows.next()
    let judged = faults()
    // A row of a connection that was cut off may come a little later.
    for (const until = Date.now() + settledMs; judged.some(Boolean) && Date.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      for (const [key, more] of this.rows.next()) {
        stored.set(key, [...(stored.get(key) ?? []), ...more])
      }
      judged = faults()
    }
    for (const one of stored.values()) this.found.rows += one.length
    for (const { statuses } of exchanged) {
      for (const status of statuses) {
        this.found.statuses[status] = (this.found.statuses[status] ?? 0) + 1
      }
    }
    return judged
  }

  private judged(
    inputs: readonly RawInput[],
    exchanged: readonly Awaited<ReturnType<typeof exchange>>[],
    stored: ReadonlyMap<string, Parameters<typeof faultIn>[2]>,
  ): (string | null)[] {
    const ports = exchanged.map(({ port }) => port)
    return inputs.map((input, index) => {
      const one = exchanged[index]
      if (!one) return 'It was not sent.'
      // After a reset the system may give its port to the next: whose rows they are cannot be told.
      if (ports.indexOf(one.port) !== ports.lastIndexOf(one.port)) return null
      return faultIn(input, one, stored.get(`${one.address}:${one.port}`) ?? [])
    })
  }

  /** Each batch comes from an address of its own, where the system has all of 127.0.0.0/8. */
  private nextAddress(): string {
    if (process.platform !== 'linux') return '127.0.0.1'
    this.addresses += 1
    return `127.${1 + (this.addresses >> 16)}.${(this.addresses >> 8) & 255}.${this.addresses & 255}`
  }
}

/** Milliseconds until an ordinary request is answered 200. */
export async function honestSender(port: number): Promise<number> {
  const startedAt = performance.now()
  const socket = connect(port, '127.0.0.1')
  const parts: Buffer[] = []
  socket.setTimeout(10_000, () => socket.destroy(new Error('An honest sender got no answer.')))
  socket.on('data', (part) => parts.push(part))
  socket.write(
    'POST /honest HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
  )
  await once(socket, 'close')
  const [status] = finalStatuses(Buffer.concat(parts).toString('latin1'))
  if (status !== 200) throw new Error(`An honest sender was answered ${status}.`)
  return performance.now() - startedAt
}
