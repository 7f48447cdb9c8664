import { createHash } from 'node:crypto'
import type { Delivery } from '#contract/delivery.ts'
import type { Redaction } from '#contract/transfer.ts'
import { nothingRead, type Verification } from '#contract/verification.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import { maskBody } from './mask-body.ts'
import { maskHead, type MaskedHead } from './mask-head.ts'
import { readMaskPaths, type MaskPath } from './mask-paths.ts'
import type { Redacted, RedactedEndpoint, ThrowawaySecret } from './redacted.ts'
import { Resigner, type Resigned } from './resigner.ts'
import { oldSignatures, sweep } from './sweep.ts'

/**
 * Takes out of deliveries what must not be shared and signs them again. One redactor serves one
 * export: the deliveries of an endpoint are all signed with the same throwaway secret.
 */
export class Redactor {
  readonly #paths: readonly MaskPath[]
  readonly #headers: ReadonlySet<string>
  readonly #resign: boolean
  readonly #resigner = new Resigner()
  readonly #found = new Set<MaskPath>()

  /** `problem`: one sentence about a path that cannot be read. */
  static make(redaction: Redaction): Redactor | { problem: string } {
    const paths = readMaskPaths(redaction.jsonPaths)
    return 'problem' in paths ? paths : new Redactor(paths, redaction)
  }

  private constructor(paths: readonly MaskPath[], { headers, resign }: Redaction) {
    this.#paths = paths
    this.#headers = new Set(headers.map((name) => name.trim().toLowerCase()))
    this.#resign = resign
  }

  /**
   * The delivery as it may be shared. The old signature is nowhere in it, nor are replays, notes and
   * the body of the answer, in which copies could stand.
   */
  redact(exported: ExportedDelivery, endpoint: RedactedEndpoint): Redacted {
    const { delivery } = exported
    const body = maskBody(exported, this.#paths)
    for (const path of body.found) this.#found.add(path)
    const head = maskHead({ target: delivery.target, rawHeaders: body.rawHeaders }, this.#headers)
    const notices = [...body.notices, ...head.notices, ...leftOutNotices(exported)]
    const old = oldSignatures(exported, endpoint.scheme)
    const masked = sweep({ ...head, body: body.body }, old, [...body.values, ...head.values])
    notices.push(...masked.notices)
    const unsigned = { method: delivery.method, ...masked }
    const signed = this.#resign
      ? this.#resigner.sign(unsigned, delivery, endpoint)
      : { problem: 'A delivery is not signed again, as was asked; its signature is masked.' }
    if ('problem' in signed) notices.push(signed.problem)
    return { exported: rebuilt(delivery, 'problem' in signed ? unsigned : signed), notices }
  }

  /** The secrets that were used so far. */
  secrets(): ThrowawaySecret[] {
    return this.#resigner.secrets()
  }

  /** When all are through: a path that was found in none of them may be misspelled. */
  closing(): string[] {
    return this.#paths
      .filter((path) => !this.#found.has(path))
      .map(({ text }) => `“${text}” was found in no body, so it masked nothing.`)
  }
}

function leftOutNotices({ delivery, replays }: ExportedDelivery): string[] {
  return [
    ...(replays.length > 0 ? ['Replays are left out of what is redacted.'] : []),
    ...(delivery.note === '' ? [] : ['Notes are left out of what is redacted.']),
    ...(delivery.answer?.bodyText
      ? ['The body of our answer is left out: it may repeat values.']
      : []),
  ]
}

type Rebuilt = Pick<MaskedHead, 'target' | 'rawHeaders'> & { body: Uint8Array } & Partial<Resigned>

/** Everything that is told of a delivery beside its request, made anew or left out. */
function rebuilt(delivery: Delivery, request: Rebuilt): ExportedDelivery {
  const { target, rawHeaders, body, verification = null } = request
  const said = verification ?? nothingSaid(delivery.verification)
  const byteLength = body.byteLength
  return {
    body: { byteLength, chunks: () => [body] },
    replays: [],
    delivery: {
      ...delivery,
      ...{ target, rawHeaders, rawTrailers: [] },
      bodyByteLength: byteLength,
      announcedByteLength: byteLength,
      bodySha256: createHash('sha256').update(body).digest('hex'),
      contentEncoding: rawHeaders.some(([name]) => name.toLowerCase() === 'content-encoding')
        ? delivery.contentEncoding
        : null,
      messageId: said.messageId,
      eventType: said.eventType ?? stillThere(delivery.eventType, request),
      ...{ note: '', hasNote: false, tags: [], problemDetail: null, challengeNote: null },
      ...{ replayId: null },
      answer: delivery.answer && {
        ...delivery.answer,
        ...{ bodyText: null, replayId: null },
        rawHeaders: delivery.answer.rawHeaders.filter(([name]) => /^content-type$/i.test(name)),
      },
      verification: said,
      verificationAtReceipt: nothingSaid(delivery.verificationAtReceipt),
    },
  }
}

/** A text of the original that what is shared holds anyway; else `null`. */
function stillThere(text: string | null, { rawHeaders, body }: Rebuilt): string | null {
  if (text === null) return null
  const inHead = rawHeaders.some(([, value]) => value.includes(text))
  return inHead || Buffer.from(body).includes(text) ? text : null
}

/** The verdict alone: sentences and notices may repeat what was received. */
function nothingSaid({ verdict, schemeId, tolerance }: Verification): Verification {
  const sentence = 'What was said of the delivery before it was redacted is left out.'
  return { ...nothingRead, verdict, schemeId, tolerance, reason: { code: 'redacted', sentence } }
}
