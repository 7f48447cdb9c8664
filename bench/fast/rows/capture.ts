import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, type Scale, atLeast } from '#bench/fast/figure.ts'
import { hasMitmdump, startMitmdump } from '#bench/fast/mitmdump.ts'
import {
  type Bench,
  type Costed,
  costed,
  filledFolder,
  inFolder,
  loadFor,
  startEngine,
} from '#bench/fast/rig.ts'
import { median, startPinned, stop } from '#bench/pinned.ts'

const folderOfBench = join(import.meta.dirname, '..', '..')
const WARM_UP_SECONDS = 2

interface Server {
  name: string
  /** Resolves with what one round cost, after a warm-up. */
  round: (requests: ReturnType<Bench['requests']>) => Promise<Costed>
}

/** Rounds of all servers in turns; the medians. */
async function inTurns(
  servers: readonly Server[],
  { rounds, quick }: Pick<Scale, 'rounds' | 'quick'>,
  bench: Bench,
) {
  const requests = bench.requests(quick ? 4_000 : 150_000)
  const found = new Map<string, Costed[]>(servers.map(({ name }) => [name, []]))
  for (let nth = 0; nth < rounds; nth++) {
    for (const { name, round } of servers) found.get(name)?.push(await round(requests))
  }
  return new Map(
    [...found].map(([name, rows]) => {
      const of = (key: keyof Costed) => median(rows.map((row) => row[key]))
      return [name, { rate: of('rate'), micros: of('micros'), p99: of('p99') }] as const
    }),
  )
}

function scriptServer(name: string, script: string, cores: string, seconds: number): Server {
  return {
    name,
    async round(requests) {
      const { child, url } = await startPinned([join(folderOfBench, script)], { cores })
      loadFor(`${url}/bench`, WARM_UP_SECONDS, requests)
      const result = costed(child.pid ?? 0, () => loadFor(`${url}/bench`, seconds, requests))
      await stop(child)
      return result
    },
  }
}

function mitmdump({ folder }: Bench, cores: string, seconds: number): Server {
  return {
    name: 'mitmdump',
    async round(requests) {
      const { child, url } = await startMitmdump(folder, cores)
      loadFor(`${url}/bench`, WARM_UP_SECONDS, requests)
      const result = costed(child.pid ?? 0, () => loadFor(`${url}/bench`, seconds, requests))
      // It waits for connections that nobody closes when it is asked to end.
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      rmSync(join(folder, 'flows'))
      return result
    },
  }
}

/** Our engine: on an empty data directory in each round, or on one that is filled already. */
function ourServer(
  name: string,
  { folder, secret }: Bench,
  { cores = '0', seconds, filled }: { cores?: string; seconds: number; filled?: string },
): Server {
  return {
    name,
    async round(requests) {
      const dataDir = filled ?? join(folder, 'data')
      const engine = await startEngine(dataDir, secret, { cores })
      loadFor(engine.url, WARM_UP_SECONDS, requests)
      const result = costed(engine.pid, () => loadFor(engine.url, seconds, requests))
      await engine.stop()
      if (!filled) rmSync(dataDir, { recursive: true })
      return result
    },
  }
}

const said = ({ rate, micros, p99 }: Costed) =>
  `${Math.round(rate)}/s, ${micros.toFixed(1)} µs of processor, p99 ${p99.toFixed(1)} ms`

/** 1 KiB, 32 connections, signed as Svix does, durable before the answer. */
export async function captureRows(scale: Scale): Promise<Figure[]> {
  const { seconds } = scale
  return inFolder(async (folder) => {
    const figures: Figure[] = []
    for (const [where, cores] of [
      ['one core', '0'],
      ['two cores, shared with the load', '0,1'],
    ] as const) {
      const servers = [
        scriptServer('bare', 'bare-server.ts', cores, seconds),
        ourServer('ours', folder, { cores, seconds }),
      ]
      const alone = cores === '0'
      if (alone && existsSync(join(folderOfBench, '..', 'node_modules', 'mockttp'))) {
        servers.push(scriptServer('mockttp', 'fast/mockttp-server.ts', cores, seconds))
      }
      if (alone && hasMitmdump()) servers.push(mitmdump(folder, cores, seconds))
      const found = await inTurns(servers, scale, folder)
      figures.push(
        against(`capture, ${where}, beside bare node:http`, found, 'bare', alone ? 0.4 : null),
      )
      if (alone) {
        figures.push(
          against('capture beside mockttp recording', found, 'mockttp', 3),
          against('capture beside mitmdump writing a flow file', found, 'mitmdump', 20),
        )
      }
    }
    return figures
  })
}

function against(
  what: string,
  found: ReadonlyMap<string, Costed>,
  name: string,
  aim: number | null,
): Figure {
  const [ours, reference] = [found.get('ours'), found.get(name)]
  if (!ours || !reference) return absent(what, `≥ ${aim}`, `${name} is not installed`)
  const value = ours.rate / reference.rate
  const byProcessor = (reference.micros / ours.micros).toFixed(3)
  return {
    what,
    aim: aim === null ? 'more than on one' : `≥ ${aim}`,
    measured: said(ours),
    reference: `${name} ${said(reference)}`,
    value,
    met: aim === null ? null : atLeast(value, aim),
    note: `by processor time ${byProcessor}`,
  }
}

function absent(what: string, aim: string, note: string): Figure {
  return { what, aim, measured: '–', reference: null, value: null, met: null, note }
}

/** The same with many deliveries stored already: what the size of the store takes away. */
export async function storedRows(scale: Scale): Promise<Figure[]> {
  const { seconds, middling, large } = scale
  return inFolder(async (folder) => {
    const many = { middling: await filledFolder(middling, folder.folder), large: '' }
    many.large = await filledFolder(large, folder.folder)
    const found = await inTurns(
      [
        ourServer('empty', folder, { seconds }),
        ourServer('middling', folder, { seconds, filled: many.middling }),
        ourServer('large', folder, { seconds, filled: many.large }),
      ],
      scale,
      folder,
    )
    return [stored(middling, 0.9, 'middling', found), stored(large, 0.8, 'large', found)]
  })
}

function stored(
  count: number,
  aim: number,
  name: string,
  found: ReadonlyMap<string, Costed>,
): Figure {
  const [empty, filled] = [found.get('empty'), found.get(name)]
  if (!empty || !filled) throw new Error('A round is missing.')
  const value = filled.rate / empty.rate
  return {
    what: `capture with ${count.toLocaleString('en')} stored`,
    aim: `≥ ${aim} of empty`,
    measured: said(filled),
    reference: `empty ${said(empty)}`,
    value,
    met: atLeast(value, aim),
    note: `by processor time ${(empty.micros / filled.micros).toFixed(3)}`,
  }
}
