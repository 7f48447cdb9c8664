import { diagnose } from '#engine/signatures/diagnosis/diagnose.ts'
import { beyondRepair, pairs, singles } from './diagnosis/cases.ts'
import type { Case } from './diagnosis/plan.ts'

/** Milliseconds of processor time of this process, so that a busy host counts for nothing. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** `npm run bench -- diagnosis wall` measures by the wall clock instead. */
const byWall = process.argv.includes('wall')
const clock = byWall ? () => performance.now() : processorTime

interface Tally {
  total: number
  right: number
  wrong: Map<string, string[]>
}

const emptyTally = (): Tally => ({ total: 0, right: 0, wrong: new Map() })

function note(tally: Tally, made: Case, named: readonly string[], isRight: boolean): void {
  tally.total++
  if (isRight) tally.right++
  else {
    const group = `${made.codes.join(' + ')} → ${named.join(' + ') || 'nothing'}`
    tally.wrong.set(group, [...(tally.wrong.get(group) ?? []), made.name])
  }
}

function run({ context, body }: Case) {
  return diagnose(context, { byteLength: body.byteLength, chunks: () => [body] })
}

const namedOf = ({ causes }: ReturnType<typeof diagnose>) => {
  const [first] = causes
  return first?.with ? [first.code, first.with] : first ? [first.code] : []
}

const same = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join()

/** Milliseconds at the middle, at 95 of 100, and the most. */
function spread(times: number[]) {
  times.sort((one, other) => one - other)
  const at = (share: number) =>
    Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2))
  return { count: times.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}

function timed(cases: Iterable<Case>, most: number): number[] {
  const times: number[] = []
  for (const made of cases) {
    const startedMs = clock()
    run(made)
    times.push(clock() - startedMs)
    if (times.length >= most) break
  }
  return times
}

/** What was named wrongly, by truth and name, with some of each. */
const groups = ({ wrong }: Tally) =>
  Object.fromEntries(
    [...wrong].map(([group, names]) => [group, { count: names.length, such: names.slice(0, 3) }]),
  )

const percent = ({ right, total }: Tally) => Number(((100 * right) / Math.max(1, total)).toFixed(2))

/**
 * How often the first cause named is the true one, on deliveries made to fail, and how long it
 * takes. Prints one JSON object. A pair counts as named when both of its causes are.
 */
export function benchDiagnosis(): Promise<void> {
  const single = emptyTally()
  const pair = emptyTally()
  for (const made of singles(clock)) {
    const named = namedOf(run(made))
    note(single, made, named, same(named, made.codes))
  }
  for (const made of pairs(clock)) {
    const named = namedOf(run(made))
    note(pair, made, named, same(named, made.codes))
  }
  let hopeless = 0
  const falselyVerified: string[] = []
  for (const made of beyondRepair(clock)) {
    hopeless++
    const found = run(made).causes.find(({ verified }) => verified)
    if (found) falselyVerified.push(`${made.name}: ${found.code}, ${found.evidence}`)
  }
  const report = {
    bench: 'diagnosis',
    clock: byWall ? 'wall' : 'processor time',
    deliveries: single.total + pair.total + hopeless,
    singles: { total: single.total, percent: percent(single), wrong: groups(single) },
    pairs: { total: pair.total, percent: percent(pair), wrong: groups(pair) },
    beyondRepair: { total: hopeless, falselyVerified },
    ms: {
      '10 KiB': spread(timed(pairs(clock, 10_000, 1, 5), 160)),
      '1 MiB': spread(timed(pairs(clock, 1_000_000, 1, 40), 16)),
    },
  }
  console.log(JSON.stringify(report, null, 2))
  return Promise.resolve()
}
