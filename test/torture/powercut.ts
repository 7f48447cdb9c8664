import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type Answered, isAccepted } from './burst.ts'
import { seeded } from './chance.ts'
import { answersOf, Replaying } from './disk/moments.ts'
import { decoded, type TracedCall } from './disk/trace.ts'
import { expectOutcomes, expectQueued } from './forward-outcomes.ts'
import { MAY_GO, type Recording, record, type Workload } from './recording.ts'
import { reopen } from './reopen.ts'
import { FailedRound, type Summary, type TortureOptions } from './rounds.ts'
import { expectStored } from './stored.ts'

const WORKLOAD: Workload = { deliveries: 300, connections: 16, spooledShare: 0.02 }

/** An answer, and where in the trace it began to go out. */
interface Promised {
  at: number
  answered: Answered
}

/**
 * Traces a listener from its first start, and rebuilds its data directory as it would be found after
 * a power cut at random moments: what was synced, and of the rest any pieces. Each one opens, is
 * sound, and has every delivery whose answer had begun to go out.
 */
export async function powerCuts(
  options: TortureOptions,
  workload: Workload = WORKLOAD,
): Promise<Summary> {
  const { seed, rounds, from, onProgress } = options
  const chances = seeded(seed)
  const folder = mkdtempSync(join(tmpdir(), 'countersign-powercut-'))
  const root = join(folder, 'traced')
  mkdirSync(root)
  const recording = await record(root, chances.of(0), workload)
  const { calls, promised } = oneTrace(recording)
  onProgress(`traced ${calls.length} system calls and ${promised.length} answers`)

  const replaying = new Replaying(root, calls)
  const moments = Array.from({ length: rounds }, (_, index) => {
    const chance = chances.of(from + index)
    return { number: from + index, chance, at: 1 + chance.below(replaying.length) }
  }).sort((a, b) => a.at - b.at)
  const totals = {
    ...figuresOf(calls),
    answers: promised.length,
    refused: refusedOf(promised),
    compared: 0,
  }
  for (const { number, chance, at } of moments) {
    replaying.goTo(at)
    const found = join(folder, `cut-${number}`)
    try {
      replaying.disk.rebuild(found, chance)
      const dataDir = join(found, relative(root, recording.dataDir))
      const compared = expectPromises(dataDir, promisedBy(promised, at))
      totals.compared += compared
      onProgress(`cut ${number} at ${at} of ${replaying.length}: ${compared} deliveries are there`)
    } catch (error) {
      throw new FailedRound(number, found, error)
    }
    rmSync(found, { recursive: true, force: true })
  }
  rmSync(folder, { recursive: true, force: true })
  return totals
}

/** The runs one behind the other, and where each answer began to go out. @throws Breach */
function oneTrace({ runs }: Recording): { calls: TracedCall[]; promised: Promised[] } {
  const calls: TracedCall[] = []
  const promised: Promised[] = []
  for (const run of runs) {
    const start = calls.reduce((end, { exit, entry }) => Math.max(end, lastOf(exit, entry)), 0)
    const shifted = run.calls.map((call) => ({
      ...call,
      entry: call.entry + start,
      exit: call.exit + start,
    }))
    const byPort = new Map<number, Answered[]>()
    for (const one of run.answered) {
      const { localPort } = one.answer
      byPort.set(localPort, [...(byPort.get(localPort) ?? []), one])
    }
    const before = promised.length
    for (const { at, port, ordinal } of answersOf(shifted)) {
      const answered = byPort.get(port)?.[ordinal]
      if (answered) promised.push({ at, answered })
    }
    const seen = promised.length - before
    if (seen < run.answered.length) {
      throw new Error(`The trace holds ${seen} of ${run.answered.length} answers.`)
    }
    calls.push(...shifted)
  }
  return { calls, promised }
}

/** That the trace holds what is to be tried: checkpoints, restarts of the log, bodies in files. */
function figuresOf(calls: readonly TracedCall[]) {
  const count = (names: RegExp, path: RegExp) =>
    calls.filter(({ name, args }) => names.test(name) && path.test(decoded(args.slice(0, 2_000))))
      .length
  return {
    calls: calls.length,
    walSyncs: count(/^f(data)?sync$/, /-wal>/),
    databaseSyncs: count(/^f(data)?sync$/, /\.sqlite>/),
    logRestarts: count(/^(ftruncate|unlink)/, /-wal/),
    bodiesStored: count(/^rename/, /bodies\//),
    bodiesDeleted: count(/^unlink/, /\.body/),
  }
}

const lastOf = (exit: number, entry: number): number => (exit === Infinity ? entry : exit)

const refusedOf = (promised: readonly Promised[]) =>
  promised.filter(({ answered }) => !isAccepted(answered)).length

function promisedBy(promised: readonly Promised[], at: number): Answered[] {
  return promised.flatMap((one) => (one.at <= at ? [one.answered] : []))
}

/** @returns how many deliveries were compared */
function expectPromises(dataDir: string, promised: readonly Answered[]): number {
  const stored = reopen(dataDir)
  const ids = new Set(stored.map(({ target }) => target))
  const accepted = promised.filter(isAccepted)
  // Retention may have taken old ones; those that are left are as they were.
  const expected = accepted.filter(({ target }) => !target.startsWith(MAY_GO) || ids.has(target))
  expectStored(expected, stored)
  const of = (path: string) => expected.filter(({ target }) => target.startsWith(path))
  expectOutcomes(dataDir, of('/before/'), stored)
  expectQueued(dataDir, of('/behind/'), stored)
  return expected.length
}
