import { addEndpoint, startApp } from './app.ts'
import { Breach } from './breach.ts'
import { type Answered, isAccepted } from './burst.ts'
import { killedBurst } from './killed-burst.ts'
import { deliveryMaker, type Sent } from './ledger.ts'
import { reopen } from './reopen.ts'
import { type Round, runRounds, type Summary, type TortureOptions } from './rounds.ts'
import { checkDatabase, expectStored, readStored } from './stored.ts'

const CONNECTIONS = 32
/** Deliveries that are answered before the kill, at most. */
const MOST_ANSWERED = 1_500
/** The engine itself reads what the log holds of the killed one, in so many rounds. */
const STARTED_SHARE = 0.5

interface Totals {
  answered: number
  spooled: number
  stored: number
  refused: number
}

/**
 * Rounds of a burst of signed deliveries and a SIGKILL at a random moment: everything that was
 * answered 2xx is there, once, byte for byte, with its verification.
 */
export async function killRounds(options: TortureOptions): Promise<Summary> {
  const totals: Totals = { answered: 0, spooled: 0, stored: 0, refused: 0 }
  let promised: Sent[] = []
  let lastId = 0
  await runRounds(options, async (round) => {
    if (round.isFirst) {
      promised = []
      lastId = 0
    }
    const answered = await killOne(round)
    const accepted = answered.filter(isAccepted)
    // With its answer an entry is too large to keep tens of thousands of.
    const sent = accepted.map(withoutAnswer)
    promised.push(...sent)
    const stored = await readAgain(round, lastId)
    expectStored(sent, stored)
    lastId = stored.at(-1)?.id ?? lastId
    totals.answered += sent.length
    totals.refused += answered.length - accepted.length
    totals.spooled += sent.filter(({ bodyByteLength }) => bodyByteLength > 1024 * 1024).length
    totals.stored += stored.length
    if (round.isLast) expectStored(promised, reopen(round.dataDir))
    return `${sent.length} answered, ${stored.length} stored, all answered ones among them`
  })
  return { ...totals }
}

/** @returns what was answered before the process was gone */
async function killOne({ number, chance, dataDir, isFirst }: Round): Promise<Answered[]> {
  const app = await startApp(dataDir)
  if (isFirst) await addEndpoint(app.client, 'signed')
  return killedBurst(app, chance, MOST_ANSWERED, {
    label: String(number),
    paths: ['/signed'],
    // Few enough to be a burst, enough that some are answered before the end.
    maker: deliveryMaker(chance, 0.06),
    connections: CONNECTIONS,
  })
}

/** Either as the product opens it, or beside an engine that has started again. */
async function readAgain({ chance, dataDir }: Round, afterId: number) {
  if (!chance.isBelow(STARTED_SHARE)) return reopen(dataDir, afterId)
  const app = await startApp(dataDir)
  const { problems } = await app.client.status.get()
  checkDatabase(dataDir)
  const stored = readStored(dataDir, afterId)
  await app.kill(chance.isBelow(0.5) ? 'SIGKILL' : 'SIGTERM')
  // That a busy machine kept it from running for some seconds is true, and no loss.
  const ours = problems.filter(({ code }) => code !== 'stood')
  if (ours.length > 0) throw new Breach('The engine reports problems after a kill.', ours)
  return stored
}

function withoutAnswer({ answer, ...sent }: Answered): Sent {
  void answer
  return sent
}
