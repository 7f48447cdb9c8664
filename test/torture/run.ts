/**
 * `npm run torture -- NAME [--rounds N] [--seed S] [--from R]`: prints progress on standard error
 * and one JSON object. Exit 0: nothing was lost; 1: something was, with what to look at; 2: usage.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { builtCli } from '#test/durability/spawned-listener.ts'
import { Breach } from './breach.ts'
import { corruptRounds } from './corrupt.ts'
import { forwardRounds } from './forwards.ts'
import { killRounds } from './kill.ts'
import { powerCuts } from './powercut.ts'
import { replayRounds } from './replays.ts'
import { FailedRound, type Summary, type TortureOptions } from './rounds.ts'

const USAGE = `Usage: npm run torture -- NAME [--rounds N] [--seed S] [--from R]

  kill       SIGKILL during bursts of signed deliveries (200 rounds)
  forwards   SIGKILL while deliveries are sent on (200 rounds)
  replays    SIGKILL during replays and bulk replays (200 rounds)
  powercut   power cuts, rebuilt from the traced system calls (100 moments)
  corrupt    database files damaged at random places (100 rounds)

  --rounds N   so many rounds, or moments
  --seed S     the same rounds again; a number
  --from R     begin with this round (the one that a breach was found in)
`

const tortures: Record<
  string,
  { rounds: number; run: (options: TortureOptions) => Promise<Summary> }
> = {
  kill: { rounds: 200, run: killRounds },
  forwards: { rounds: 200, run: forwardRounds },
  replays: { rounds: 200, run: replayRounds },
  powercut: { rounds: 100, run: powerCuts },
  corrupt: { rounds: 100, run: corruptRounds },
}

const onProgress = (told: string): void => void process.stderr.write(`${told}\n`)

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  })
  const [name = ''] = positionals
  const torture = tortures[name]
  if (torture === undefined || positionals.length > 1 || values.help) {
    process.stderr.write(USAGE)
    return values.help ? 0 : 2
  }
  if (!existsSync(builtCli)) {
    process.stderr.write('The app is not built. Run “npm run build” first.\n')
    return 2
  }
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const rounds = Number(values.rounds ?? torture.rounds)
  const startedAtMs = Date.now()
  const tell = (result: object) => {
    const seconds = Math.round((Date.now() - startedAtMs) / 1000)
    process.stdout.write(`${JSON.stringify({ torture: name, seed, rounds, seconds, ...result })}\n`)
  }
  try {
    tell({
      ok: true,
      ...(await torture.run({ rounds, seed, from: Number(values.from), onProgress })),
    })
    return 0
  } catch (error) {
    tell({ ok: false, ...failure(error) })
    return 1
  }
}

function failure(error: unknown): object {
  if (error instanceof FailedRound) {
    const { round, dataDir, cause } = error
    return { round, dataDir, ...failure(cause) }
  }
  if (error instanceof Breach) return { breach: error.message, found: error.found }
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  process.exitCode = 2
}
