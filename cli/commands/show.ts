import { maskedBodyText, maskedHeaders, maskedTarget } from '#contract/credentials.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import type { Delivery } from '#contract/delivery.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import type { ApiClient } from '#contract/client.ts'
import { answerLine } from '#cli/answer-line.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { byteSize } from '#cli/delivery-line.ts'
import { escapeTerminal, escapeTerminalLines } from '#cli/escape.ts'
import { explanationLines } from '#cli/explanation-lines.ts'
import { hygieneLines } from '#cli/hygiene-lines.ts'
import { withSession } from '#cli/session.ts'
import { writeRawHttp } from '#engine/interchange/write-raw-http.ts'

const SHOWN_BODY_BYTES = 4096

/**
 * `countersign show ID [--json | --raw]`. `--raw` writes the request message (head and body bytes
 * as they came), which `countersign verify -` reads.
 */
export async function show(
  context: Context,
  id: number,
  options: CommonOptions & { json?: boolean; raw?: boolean; withCredentials?: boolean },
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const delivery = await client.deliveries.get({ id })
    if (options.raw) return context.output.bytes(await rawMessage(client, delivery))
    const explanation = await client.deliveries.explain({ id })
    const hygiene = await client.deliveries.hygiene({ id })
    if (options.json) {
      const bytes =
        delivery.bodyByteLength <= MAX_RANGE_BYTES ? await wholeBody(client, delivery) : null
      return context.output.json({
        ...delivery,
        bodyBase64: bytes === null ? null : Buffer.from(bytes).toString('base64'),
        explanation,
        hygiene,
      })
    }
    const scheme = await schemeOf(client, delivery)
    const hides = options.withCredentials ? null : { scheme }
    for (const line of headLines(delivery, scheme?.answerWithinSeconds ?? null, hides)) {
      context.output.line(line)
    }
    const body = await range(client, id, 0, SHOWN_BODY_BYTES)
    for (const line of bodyLines(delivery, body, hides)) context.output.line(line)
    context.output.line('')
    for (const line of explanationLines(explanation, context.output.colours)) {
      context.output.line(line)
    }
    for (const line of hygieneLines(hygiene)) context.output.line(line)
  })
}

async function rawMessage(client: ApiClient, delivery: Delivery): Promise<Uint8Array> {
  return writeRawHttp({ ...delivery, body: await wholeBody(client, delivery) })
}

async function wholeBody(client: ApiClient, delivery: Delivery): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let offset = 0; offset < delivery.bodyByteLength; offset += MAX_RANGE_BYTES) {
    parts.push(await range(client, delivery.id, offset, MAX_RANGE_BYTES))
  }
  return Buffer.concat(parts)
}

async function range(
  client: ApiClient,
  id: number,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const blob = await client.deliveries.body({ id, offset, length })
  return new Uint8Array(await blob.arrayBuffer())
}

/** The scheme that it was judged with; `null`: none that is known. */
async function schemeOf(client: ApiClient, delivery: Delivery): Promise<SchemeInfo | null> {
  const { schemeId } = delivery
  if (schemeId === null) return null
  return (await client.schemes.list()).find(({ id }) => id === schemeId) ?? null
}

/** Credentials are masked; `null`: they are not. */
type Hides = { scheme: SchemeInfo | null } | null

function headLines(delivery: Delivery, deadline: number | null, hides: Hides): string[] {
  const target = hides ? maskedTarget(delivery.target, hides.scheme) : delivery.target
  const headers = hides ? maskedHeaders(delivery.rawHeaders, hides.scheme) : delivery.rawHeaders
  const received = new Date(delivery.receivedAtMs).toISOString()
  const peer = `${delivery.remoteAddress}:${delivery.remotePort}`
  const sender = delivery.cameThrough?.address ?? null
  const from = sender === null ? peer : `${escapeTerminal(sender)} through ${peer}`
  return [
    `Delivery ${delivery.id}, received ${received} from ${from}`,
    ...(delivery.cameThrough
      ? [escapeTerminal(`Called as ${delivery.cameThrough.base}${target}`)]
      : []),
    ...certificateLines(delivery),
    ...challengeLines(delivery),
    answerLine(delivery, deadline),
    ...(delivery.problemDetail === null ? [] : [escapeTerminal(delivery.problemDetail)]),
    '',
    escapeTerminal(`${delivery.method} ${target} HTTP/${delivery.httpVersion}`),
    ...headers.map(([name, value]) => escapeTerminal(`${name}: ${value}`)),
  ]
}

/** What the sender presented in the TLS handshake. */
function certificateLines({ clientCertificate }: Delivery): string[] {
  if (!clientCertificate) return []
  const { subject, issuer, fingerprint256, authorized, problem } = clientCertificate
  const good = authorized ? 'good' : `not good: ${problem ?? ''}`
  return [
    escapeTerminal(`Client certificate (${good}): ${subject}, by ${issuer}`),
    escapeTerminal(`  SHA-256 ${fingerprint256}`),
  ]
}

/** Of a handshake: what its sender heard, or why it did not hear what it wants. */
function challengeLines({ challenge, challengeNote, answer }: Delivery): string[] {
  if (challenge === null) return []
  const said = answer?.bodyText ? ` and: ${answer.bodyText}` : ''
  const line =
    challengeNote === null
      ? `Answered the handshake “${challenge}” with ${answer?.status ?? 'nothing'}${said}`
      : `The handshake “${challenge}”. ${challengeNote}`
  return [escapeTerminal(line)]
}

function bodyLines(delivery: Delivery, bytes: Uint8Array, hides: Hides): string[] {
  const size = `${delivery.bodyByteLength} bytes (${byteSize(delivery.bodyByteLength)})`
  if (bytes.byteLength === 0) return ['', 'No body.']
  const came = new TextDecoder().decode(bytes)
  const text = escapeTerminalLines(hides ? maskedBodyText(came, hides.scheme) : came)
  const cut = bytes.byteLength < delivery.bodyByteLength
  return [
    '',
    text,
    '',
    cut ? `The first ${bytes.byteLength} of ${size}; --raw gives them all.` : `Body: ${size}.`,
  ]
}
