import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryMaker, Sent } from './ledger.ts'
import { openSender, type RawAnswer } from './raw-sender.ts'

export interface Answered extends Sent {
  answer: RawAnswer
}

export interface Burst {
  url: string
  /** Begins every name, so that none comes twice. */
  label: string
  paths: readonly string[]
  maker: DeliveryMaker
  connections: number
  /** No more than so many. */
  most?: number
  onAnswered?: () => void
  /** Nothing more is begun. */
  stopped: () => boolean
}

/**
 * Sends over many connections at once until it is stopped or enough was sent.
 * @returns everything that was answered, in the order of the answers
 */
export async function burst(options: Burst): Promise<Answered[]> {
  const { url, label, paths, maker, stopped, most = Number.POSITIVE_INFINITY } = options
  const answered: Answered[] = []
  let begun = 0
  const one = async () => {
    const sender = openSender(url)
    while (!stopped() && begun < most) {
      const number = begun++
      const path = paths[number % paths.length] ?? '/'
      const { request, sent } = maker.make(`${label}-${number}`, path, new URL(url).host)
      const answer = await sender.send(request)
      if (answer !== null) {
        answered.push({ ...sent, answer })
        options.onAnswered?.()
      } else if (!stopped()) await sleep(5)
    }
    sender.close()
  }
  await Promise.all(Array.from({ length: options.connections }, one))
  return answered
}

export const isAccepted = ({ answer }: Answered): boolean =>
  answer.status >= 200 && answer.status < 300
