import type { RequestReader } from '#engine/interchange/import/request-reader.ts'
import type { ParsedRequest } from '#engine/interchange/parsed-request.ts'
import type { TransferReader } from '#engine/store/transfer-reader.ts'
import type { Candidate, Found } from './candidate.ts'
import type { RequestFingerprints } from './fingerprint.ts'
import { ImportBody } from './import-body.ts'

/** Receipt may be told by a clock that is ahead, but not by more than this. */
const MOST_AHEAD_MS = 366 * 86_400_000

export interface RequestImport {
  bodiesFolder: string
  transfers: Pick<TransferReader, 'imported' | 'isHidden'>
  sameReceipt: ReturnType<TransferReader['recogniser']>
  fingerprints: RequestFingerprints
  /** What a request without a time was received at. */
  nowMs: number
}

/** Deliveries made of the requests that a reader finds in a file. */
export async function* requestDeliveries(
  pieces: AsyncIterable<Uint8Array>,
  reader: RequestReader,
  options: RequestImport,
): AsyncGenerator<Found, void, void> {
  for await (const piece of pieces) {
    for (const imported of reader.push(piece)) yield* foundIn(imported, options)
  }
  for (const imported of reader.end()) yield* foundIn(imported, options)
}

type Read = ReturnType<RequestReader['end']> extends Iterable<infer Each> ? Each : never

async function* foundIn(imported: Read, options: RequestImport): AsyncGenerator<Found, void, void> {
  if ('problem' in imported) {
    yield { kind: 'warning', sentence: imported.problem }
    return
  }
  for (const sentence of imported.notices) yield { kind: 'warning', sentence }
  const told = readableTime(imported.receivedAtMs)
  if (imported.receivedAtMs !== null && told === null) {
    const sentence = 'A time of receipt cannot be right; the time of the import stands in for it.'
    yield { kind: 'warning', sentence }
  }
  yield await requestFound(imported.request, told, options)
}

function readableTime(ms: number | null): number | null {
  if (ms === null || !Number.isFinite(ms) || ms < 0) return null
  return ms > Date.now() + MOST_AHEAD_MS ? null : Math.floor(ms)
}

async function requestFound(
  request: ParsedRequest,
  toldMs: number | null,
  options: RequestImport,
): Promise<Found> {
  const { method, target, httpVersion, rawHeaders, rawTrailers } = request
  const body = new ImportBody(options.bodiesFolder)
  await body.push(request.body)
  const { stored, sha256 } = await body.finish()
  const fingerprint = options.fingerprints.next({
    receivedAtMs: toldMs,
    method,
    target,
    rawHeaders,
    bodySha256: sha256,
  })
  if (isHere(options, fingerprint, { toldMs, method, sha256 })) {
    if (stored.kind === 'file') await body.remove(stored.name)
    return { kind: 'here', arrived: [] }
  }
  const receivedAtMs = toldMs ?? options.nowMs
  const candidate: Candidate = {
    head: { httpVersion, method, target, rawHeaders },
    rawTrailers,
    receivedAtMs,
    completedAtMs: receivedAtMs,
    remoteAddress: '',
    remotePort: 0,
    body: stored,
    bodySha256: sha256,
    problem: null,
    problemDetail: null,
    challenge: null,
    answer: null,
    atReceipt: null,
    fingerprint,
    source: '',
    times: null,
    marks: { pinned: false, note: '', tags: [] },
    replays: [],
    answeredBy: null,
    fileReplayId: null,
    arrived: [],
  }
  return { kind: 'candidate', candidate }
}

function isHere(
  { transfers, sameReceipt }: RequestImport,
  fingerprint: Uint8Array,
  { toldMs, method, sha256 }: { toldMs: number | null; method: string; sha256: string },
): boolean {
  const known = transfers.imported(fingerprint)
  if (known !== null && !transfers.isHidden(known)) return true
  if (toldMs === null) return false
  const bodySha256 = Buffer.from(sha256, 'hex')
  const told = { receivedAtMs: toldMs, bodySha256, method, exactly: null, source: '' }
  return sameReceipt(told) !== null
}
