import type { RawHeader } from '#contract/http.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { withLength } from '#engine/replay/check/bodies.ts'
import {
  changeSignature,
  withoutSignature,
  withSignatureText,
  withTimestamp,
} from '#engine/replay/check/edits.ts'
import { type Acted, type ActionCase, exchangesOf } from '#engine/replay/check/outcome.ts'
import { signedRequest, withBody } from '#engine/replay/check/sign-request.ts'
import { isAccepted, type Sent, type Stage } from '#engine/replay/check/stage.ts'
import type { World } from '#engine/replay/check/world.ts'
import { idempotencyCases } from './idempotency.ts'
import { timingCase } from './timing-case.ts'

const OVERSIZED_BYTES = 10 * 1024 * 1024
/** Where the provider documents none: most give 5 to 30 seconds. */
const USUAL_DEADLINE_SECONDS = 10

const deadlineCase: ActionCase = {
  id: 'behaves.deadline',
  group: 'behaves',
  title: "It answers within the provider's deadline",
  why: 'Later than that the provider takes the delivery for lost, sends it again and, after enough of that, switches the endpoint off.',
  fix: 'Store the event, answer 200, and do the work behind it in a queue.',
  expected: 'Three valid deliveries are answered in time.',
  async act(stage) {
    const documented = stage.world.scheme.answerWithinSeconds
    const limitMs = (documented ?? USUAL_DEADLINE_SECONDS) * 1000
    const sent: Sent[] = []
    for (const label of ['The first', 'The second', 'The third']) {
      const request = signedRequest(stage.world)
      if ('problem' in request) return { outcome: 'skipped', found: request.problem, exchanges: [] }
      const timeoutMs = Math.max(stage.timeoutMs, limitMs + 500)
      sent.push(await stage.send(label, request, { timeoutMs }))
    }
    const slowestMs = Math.max(...sent.map(({ timings }) => timings.totalMs))
    const took = `The slowest answer took ${seconds(slowestMs)}`
    const allowed = documented
      ? `${stage.world.scheme.name} waits ${documented} s.`
      : `${stage.world.scheme.name} documents no deadline; ${USUAL_DEADLINE_SECONDS} s were taken.`
    const late = slowestMs > limitMs || sent.some(({ status }) => status === null)
    return {
      outcome: late ? 'failed' : 'passed',
      found: `${took}. ${allowed}`,
      exchanges: exchangesOf(sent),
    }
  },
}

const clientErrorsCase: ActionCase = {
  id: 'behaves.client-errors',
  group: 'behaves',
  title: 'Bad input is answered with 4xx rather than 5xx',
  why: 'A 5xx tells the provider to try again and tells an attacker that something broke. Error reports fill with what anybody can send.',
  fix: 'Catch what verifying and parsing throw, and answer 400 or 401.',
  expected: 'Each is answered, and none with 5xx.',
  act: (stage) => judgeEach(stage, badInputs(stage.world)),
}

const wrongMethodCase: ActionCase = {
  id: 'behaves.wrong-method',
  group: 'behaves',
  title: 'Another method is answered sanely',
  why: 'Browsers, crawlers and health checks call every URL. A handler that breaks on GET fills the error log, and one that hangs fills the connections.',
  fix: 'Route POST only, and answer 405 with `Allow: POST` to everything else.',
  expected: 'Each is answered, and none with 5xx.',
  act(stage) {
    const made = signedRequest(stage.world)
    if ('problem' in made) return Promise.resolve(cannot(made.problem))
    const methods = ['GET', 'PUT', 'DELETE'].filter((method) => method !== made.method)
    const requests = methods.map(
      (method) => [`${method} without a body`, unsigned({ ...made, method })] as const,
    )
    return judgeEach(stage, requests)
  },
}

const oversizedCase: ActionCase = {
  id: 'behaves.oversized-body',
  group: 'behaves',
  title: 'An oversized body is answered sanely',
  why: 'Anybody can send it. A handler that keeps everything in memory before it looks can be stopped with a few requests.',
  fix: 'Limit the body before it is read (413), a little above the largest event of the provider.',
  expected: 'It is refused, or the connection is closed, and the next delivery is accepted.',
  act: oversized,
}

const noEchoCase: ActionCase = {
  id: 'behaves.no-echo',
  group: 'behaves',
  title: 'No answer gives away the secret or the expected signature',
  why: 'An answer that says which signature it expected signs everything for everybody: send it, read the answer, send it again.',
  fix: 'Answer “invalid signature” and nothing else; write the details into your own log, without the secret.',
  expected: 'Neither stands in any answer of this check.',
  act: noEcho,
}

/** How a handler behaves beyond taking and refusing. */
export const behaveCases: readonly ActionCase[] = [
  ...idempotencyCases,
  deadlineCase,
  clientErrorsCase,
  wrongMethodCase,
  oversizedCase,
  noEchoCase,
  timingCase,
]

function cannot(problem: string): Acted {
  return { outcome: 'skipped', found: problem, exchanges: [] }
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

type Labelled = readonly (readonly [label: string, request: OutgoingRequest | null])[]

function badInputs(world: World): Labelled {
  const made = signedRequest(world)
  if ('problem' in made) return []
  const noJson = signedRequest(world, { body: () => Buffer.from('this is no JSON {') })
  return [
    ['Without its signature', withoutSignature(world, made)],
    ['A signature that cannot be read', withSignatureText(world, made, ',=;\u00ff:.')],
    ['A word instead of the signature', withSignatureText(world, made, 'countersign')],
    ['A timestamp that is a word', withTimestamp(world, made, 'soon')],
    ['Signed, but no JSON', 'problem' in noJson ? null : noJson],
    ['Neither headers nor a body', unsigned(made)],
    ['Broken JSON with a signature of something else', withBody(made, Buffer.from('{"a":[}'))],
  ]
}

const essential = new Set(['host', 'content-type', 'user-agent'])

/** The head that every client sends, and nothing else. */
function unsigned(request: OutgoingRequest): OutgoingRequest {
  const kept = request.rawHeaders.filter(([name]) => essential.has(name.toLowerCase()))
  const length: RawHeader = ['Content-Length', '0']
  return { ...request, rawHeaders: [...kept, length], body: new Uint8Array(0) }
}

/** Every request must be answered, and not with 5xx; 501 is the word for an unknown method. */
async function judgeEach(stage: Stage, requests: Labelled): Promise<Acted> {
  const sent: Sent[] = []
  for (const [label, request] of requests) {
    if (request === null || stage.signal.aborted) continue
    const one = await stage.send(label, request)
    sent.push(one)
    if (one.code === 'TIMEOUT') break
  }
  const bad = sent.find(({ status }) => status === null || (status >= 500 && status !== 501))
  const exchanges = exchangesOf(sent)
  if (bad) {
    const said = bad.status === null ? (bad.error ?? 'No answer came.') : `answered ${bad.status}.`
    return { outcome: 'failed', found: `${bad.exchange.label}: ${said}`, exchanges }
  }
  const statuses = [...new Set(sent.map(({ status }) => status))].join(', ')
  return { outcome: 'passed', found: `Answered ${statuses}.`, exchanges }
}

async function oversized(stage: Stage): Promise<Acted> {
  const made = signedRequest(stage.world)
  const after = () => signedRequest(stage.world)
  if ('problem' in made) return cannot(made.problem)
  const body = withLength(made.body, OVERSIZED_BYTES) ?? Buffer.alloc(OVERSIZED_BYTES, 'x')
  const timeoutMs = stage.timeoutMs * 2
  const large = await stage.send(
    '10 MiB, with a signature of something else',
    withBody(made, body),
    {
      timeoutMs,
    },
  )
  const valid = after()
  if ('problem' in valid) return cannot(valid.problem)
  const next = await stage.send('A valid delivery after it', valid)
  const exchanges = exchangesOf([large, next])
  const closed =
    large.code !== null && /^(?:ECONNRESET|EPIPE|ECONNABORTED|INCOMPLETE)$/.test(large.code)
  if (!isAccepted(next)) {
    const found = `After 10 MiB a valid delivery was no longer accepted: ${next.error ?? `answered ${next.status}.`}`
    return { outcome: 'failed', found, exchanges }
  }
  if (closed) {
    const found = 'It closed the connection while the body was still being sent, which HTTP allows.'
    return { outcome: 'passed', found, exchanges }
  }
  const { status } = large
  const broke = status === null || (status >= 500 && status !== 501)
  const found = large.error ?? `Answered ${status}.`
  return { outcome: broke ? 'failed' : 'passed', found, exchanges }
}

/** A few requests that make handlers talkative; what the other cases saw counts as well. */
async function noEcho(stage: Stage): Promise<Acted> {
  const { world } = stage
  const made = signedRequest(world)
  const wrong = signedRequest(world, { secret: world.wrongSecret })
  if ('problem' in made) return cannot(made.problem)
  const requests: Labelled = [
    ['Signed with a wrong secret', 'problem' in wrong ? null : wrong],
    ['Without its signature', withoutSignature(world, made)],
    [
      'Half of the signature',
      changeSignature(world, made, (text) => text.slice(0, text.length / 2)),
    ],
  ]
  const sent: Sent[] = []
  for (const [label, request] of requests) {
    if (request !== null) sent.push(await stage.send(label, request))
  }
  const leaked = stage.leaks.find(({ leak }) => leak === 'secret') ?? stage.leaks[0]
  if (leaked) {
    const what = leaked.leak === 'secret' ? 'the secret' : 'the signature that it expected'
    const found = `The answer to “${leaked.exchange.label}” holds ${what}. It is covered here.`
    return { outcome: 'failed', found, exchanges: [leaked.exchange] }
  }
  if (sent.length > 0 && sent.every(({ status }) => status === null)) {
    const found = 'There was no answer to look into.'
    return { outcome: 'unsure', found, exchanges: exchangesOf(sent) }
  }
  return { outcome: 'passed', found: 'Nothing of them was found.', exchanges: exchangesOf(sent) }
}
