import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { withMark } from '#engine/replay/check/bodies.ts'
import { type Acted, type ActionCase, exchangesOf } from '#engine/replay/check/outcome.ts'
import { signedRequest } from '#engine/replay/check/sign-request.ts'
import { isAccepted, type Sent, type Stage } from '#engine/replay/check/stage.ts'

const AT_ONCE = 10
const fromOutside =
  'From outside only the answers can be seen: look into your own data whether it was acted on once.'
const fix =
  'Store the message id under a unique constraint in the same transaction as what the event does; when it is there already, answer 200 and do nothing.'

/** The same delivery more than once must be as if it had come once. */
export const idempotencyCases: readonly ActionCase[] = [
  {
    id: 'behaves.same-delivery-twice',
    group: 'behaves',
    title: 'The same delivery twice gives the same outcome',
    why: 'Providers send at least once: when your answer was lost, the delivery comes again, and the order must not be shipped twice.',
    fix,
    expected: 'Both times 2xx with the same answer.',
    async act(stage) {
      const request = signedRequest(stage.world)
      if ('problem' in request) return cannot(request.problem)
      const first = await stage.send('The first time', request)
      const second = await stage.send('The second time', request)
      return compared([first, second], [[first, second]])
    },
  },
  {
    id: 'behaves.ten-at-once',
    group: 'behaves',
    title: 'The same delivery ten times at once gives the same outcome',
    why: 'Retries and two workers meet in the same instant: “look whether it is there, then insert” lets both through.',
    fix,
    expected: 'Ten times 2xx with the same answer.',
    async act(stage) {
      const request = signedRequest(stage.world)
      if ('problem' in request) return cannot(request.problem)
      const sent = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, at) => stage.send(`Copy ${at + 1}`, request)),
      )
      const [first] = sent
      return compared(sent, first ? sent.slice(1).map((each) => [first, each] as const) : [])
    },
  },
  {
    id: 'behaves.out-of-order',
    group: 'behaves',
    title: 'Deliveries out of order give the same outcome',
    why: 'No provider promises an order: “paid” may come in front of “created”, and a retry after something newer.',
    fix: 'Do not rely on the order: take the state from the provider, or keep the newer of two by the time that the event carries.',
    expected: 'The newer first, then the older, then both again: 2xx, each with the same answer.',
    act: outOfOrder,
  },
]

async function outOfOrder(stage: Stage): Promise<Acted> {
  const older = signedRequest(stage.world, { body: orSample(withMark('older')), skewSeconds: -1 })
  const newer = signedRequest(stage.world, { body: orSample(withMark('newer')) })
  if ('problem' in older) return cannot(older.problem)
  if ('problem' in newer) return cannot(newer.problem)
  const send = (label: string, request: OutgoingRequest) => stage.send(label, request)
  const newerFirst = await send('The newer one', newer)
  const olderThen = await send('The older one, after it', older)
  const olderAgain = await send('The older one again', older)
  const newerAgain = await send('The newer one again', newer)
  const sent = [newerFirst, olderThen, olderAgain, newerAgain]
  return compared(sent, [
    [olderThen, olderAgain],
    [newerFirst, newerAgain],
  ])
}

function orSample(change: (body: Uint8Array) => Uint8Array | null) {
  return (body: Uint8Array) => change(body) ?? body
}

function cannot(problem: string): Acted {
  return { outcome: 'skipped', found: problem, exchanges: [] }
}

/** `pairs`: answers that should say the same. */
function compared(sent: readonly Sent[], pairs: readonly (readonly [Sent, Sent])[]): Acted {
  const exchanges = exchangesOf(sent)
  const refused = sent.find((each) => !isAccepted(each))
  if (refused) {
    const { label } = refused.exchange
    const answered = refused.error ?? `answered ${refused.status}`
    const found = `${label}: ${answered}. A provider that is not told 2xx sends it again and again.`
    return { outcome: 'failed', found, exchanges }
  }
  const other = pairs.find(([one, again]) => !agree(one, again))
  if (other) {
    const found = `${other[1].exchange.label}: the answer was another one than before, as if it had been acted on once more.`
    return { outcome: 'failed', found, exchanges }
  }
  return { outcome: 'passed', found: `The answers agree. ${fromOutside}`, exchanges }
}

const saysDuplicate = /duplicat|already|ignor|seen before|replay/i

function agree(one: Sent, again: Sent): boolean {
  const either = [one, again].some(({ bodyText }) => saysDuplicate.test(bodyText))
  return either || comparable(one.bodyText) === comparable(again.bodyText)
}

/** Without what is new in every answer: UUIDs, dates, unix times, long hex numbers. */
export function comparable(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '(id)')
    .replace(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?/g, '(date)')
    .replace(/\b(?:[0-9a-f]{16,}|\d{10,}(?:\.\d+)?)\b/gi, '(number)')
}
