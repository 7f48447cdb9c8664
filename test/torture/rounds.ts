import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Chance, seeded } from './chance.ts'

/** How a torture is run: `seed` and `from` name the round that a breach was found in. */
export interface TortureOptions {
  rounds: number
  seed: number
  /** The first round. */
  from: number
  /** Told after each round. */
  onProgress: (told: string) => void
}

/** What a torture ends with, beside its own figures. */
export type Summary = Record<string, number | string>

export interface Round {
  number: number
  chance: Chance
  dataDir: string
  /** The first, or the last, of this data directory. */
  isFirst: boolean
  isLast: boolean
}

/** A data directory grows: a fresh one is taken after so many rounds. */
const ROUNDS_PER_DIRECTORY = 20

/** The data directory stays where a round fails; the error then names it. */
export class FailedRound extends Error {
  override readonly name = 'FailedRound'
  readonly round: number
  readonly dataDir: string
  constructor(round: number, dataDir: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.round = round
    this.dataDir = dataDir
  }
}

/** One round after the other, on data directories that are gone when all went well. */
export async function runRounds(
  { rounds, seed, from, onProgress }: TortureOptions,
  run: (round: Round) => Promise<string>,
): Promise<void> {
  const chances = seeded(seed)
  let folder = ''
  for (let at = 0; at < rounds; at++) {
    const number = from + at
    const isFirst = at % ROUNDS_PER_DIRECTORY === 0
    const isLast = at === rounds - 1 || (at + 1) % ROUNDS_PER_DIRECTORY === 0
    if (isFirst) folder = mkdtempSync(join(tmpdir(), 'countersign-torture-'))
    const dataDir = join(folder, 'data')
    try {
      const told = await run({ number, chance: chances.of(number), dataDir, isFirst, isLast })
      onProgress(`round ${number} (${at + 1} of ${rounds}): ${told}`)
    } catch (error) {
      throw new FailedRound(number, dataDir, error)
    }
    if (isLast) rmSync(folder, { recursive: true, force: true })
  }
}
