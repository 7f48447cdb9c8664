import type { TorturedApp } from './app.ts'
import { type Answered, type Burst, burst } from './burst.ts'
import type { Chance } from './chance.ts'
import { createTally } from './moment.ts'

/**
 * A burst that SIGKILL ends at a random moment.
 * @param mostAnswered deliveries that are answered before the kill, at most
 * @returns what was answered before the process was gone
 */
export async function killedBurst(
  app: TorturedApp,
  chance: Chance,
  mostAnswered: number,
  sent: Pick<Burst, 'label' | 'paths' | 'maker' | 'connections'>,
): Promise<Answered[]> {
  let killed = false
  const tally = createTally()
  const sending = burst({
    ...sent,
    url: app.url,
    onAnswered: tally.came,
    stopped: () => killed,
  })
  await tally.moment(chance, mostAnswered)
  await app.kill('SIGKILL')
  killed = true
  return sending
}
