import Database from 'better-sqlite3'
import type { ListPosition } from '#contract/delivery.ts'
import type { FilterNode } from '#contract/filter/filter.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import { databaseFile } from '#engine/store/database-file.ts'
import { openReader, type Reader } from '#engine/store/open-reader.ts'
import type { View } from '#engine/store/search/types.ts'
import { captureBeside } from './search/capture-beside.ts'
import { benchDatabase, sizeOf } from './search/database.ts'
import { MS_BETWEEN, START_MS } from './search/made-deliveries.ts'
import { type Figures, measure } from './search/measure.ts'
import { questions } from './search/questions.ts'

const COUNT = 1_000_000
const LIMIT = 100

/**
 * Finding in a million deliveries of 1 KiB: first pages, tallies, jumps and scans, beside a bare
 * query of the same run. `npm run bench -- search [COUNT]`.
 */
export async function benchSearch(): Promise<void> {
  const count = Number(process.argv[3] ?? COUNT)
  const dataDir = await benchDatabase(count)
  console.log(`${dataDir}: ${(sizeOf(dataDir) / 1e9).toFixed(1)} GB, kept for the next run`)
  const nowMs = START_MS + count * MS_BETWEEN
  const reader = openReader(dataDir)
  const reference = referencePage(dataDir, count)
  show('reference', reference, reference)
  for (const { name, query, view, aimMs } of questions) {
    const where = read(query, nowMs)
    const figures = measure(() => firstPage(reader, { ...view, where }))
    const note = figures.p50 <= aimMs ? '' : `  over ${aimMs} ms`
    show(name, figures, reference, note)
  }
  jumps(reader, reference)
  scans(reader, nowMs)
  reader.close()
  await captureBeside(dataDir)
}

/** As the window asks for it: again where time ran out, until the page is full. */
function firstPage(reader: Reader, view: View): void {
  let left = LIMIT
  let after: ListPosition | undefined
  while (left > 0) {
    const page = reader.list({ ...view, after, limit: left })
    if (page.searchedTo === null) return
    left -= page.rows.length
    after = page.searchedTo
  }
}

/** The least that any page of a list costs. */
function referencePage(dataDir: string, count: number): Figures {
  const db = new Database(databaseFile(dataDir), { readonly: true })
  const page = db.prepare(`SELECT * FROM deliveries WHERE id < ? ORDER BY id DESC LIMIT ${LIMIT}`)
  const figures = measure(() => page.all(count))
  db.close()
  return figures
}

function show(name: string, { p50, p95, cpu }: Figures, reference: Figures, note = ''): void {
  const times = [p50, p95, cpu].map((ms) => ms.toFixed(1).padStart(8)).join('')
  const ratio = (cpu / reference.cpu).toFixed(1).padStart(8)
  console.log(`${name.padEnd(48)}${times}${ratio}×${note}`)
}

function jumps(reader: Reader, reference: Figures): void {
  for (const view of [{}, { sort: 'size' }, { grouped: true }] as const) {
    const { anchors } = tallied(reader, view)
    const after = anchors[anchors.length >> 1]
    const figures = measure(() => reader.list({ ...view, after, skip: 500, limit: LIMIT }))
    show(`jump into the middle ${JSON.stringify(view)}`, figures, reference)
  }
}

function scans(reader: Reader, nowMs: number): void {
  for (const query of ['', 'verdict:valid', 'type:invoice.*', 'settlement', 'method:POST']) {
    const before = performance.now()
    const { count, steps, longest } = tallied(reader, { where: read(query, nowMs) })
    const took = (performance.now() - before).toFixed(0)
    console.log(
      `tally of ${query || 'everything'}: ${count} in ${took} ms, ${steps} steps, longest ${longest.toFixed(0)} ms`,
    )
  }
  const where = read('json:$.data.object.amount>999999', nowMs)
  const before = process.cpuUsage()
  let after: ListPosition | undefined
  const first = reader.list({ limit: 1 }).rows[0]?.id ?? 0
  for (let step = 0; step < 25; step += 1) {
    after = reader.list({ where, limit: LIMIT, after }).searchedTo ?? after
  }
  const { user, system } = process.cpuUsage(before)
  const rows = first - (after?.id ?? first)
  console.log(
    `json scan: ${Math.round(rows / ((user + system) / 1e6))} rows a second of processor time`,
  )
}

function tallied(reader: Reader, view: View) {
  let [count, steps, longest, sinceAnchor] = [0, 0, 0, 0]
  const anchors: ListPosition[] = []
  let after: ListPosition | undefined
  for (;;) {
    const before = performance.now()
    const step = reader.tally({ ...view, after, sinceAnchor })
    longest = Math.max(longest, performance.now() - before)
    count += step.count
    steps += 1
    anchors.push(...step.anchors)
    if (step.countedTo === null) return { count, steps, longest, anchors }
    after = step.countedTo
    sinceAnchor = step.sinceAnchor
  }
}

function read(query: string, nowMs: number): FilterNode | null {
  if (query === '') return null
  const parsed = parseFilter(query, nowMs)
  if (!parsed.ok) throw new Error(parsed.problem.sentence)
  return parsed.filter
}
