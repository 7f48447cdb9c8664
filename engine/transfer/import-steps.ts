import { createGunzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { makeRequestReader } from '#engine/interchange/import/make-request-reader.ts'
import { bodiesFolder } from '#engine/store/database-file.ts'
import type { Reader } from '#engine/store/open-reader.ts'
import type { ImportedDelivery } from '#engine/store/types.ts'
import type { Found } from './candidate.ts'
import { type FileFormat, formatOf, SNIFFED_BYTES } from './file-format.ts'
import { RequestFingerprints } from './fingerprint.ts'
import { ndjsonDeliveries } from './import-ndjson.ts'
import { requestDeliveries } from './import-requests.ts'
import { emptyBook, importJudge, type JudgingBook } from './judge-import.ts'
import { peeked, PieceSource } from './piece-source.ts'

/** A step ends after so long, or with so much found: then it is stored, and others get their turn. */
const STEP_MS = 20
const STEP_FOUND = 64
const STEP_BYTES = 256 * 1024
/** So much that unpacks to nothing that can be used is a trap. */
const MOST_IDLE_BYTES = 512 * 1024 * 1024

/** What a step found, in order. */
export type ImportFound =
  | {
      kind: 'add'
      imported: ImportedDelivery
      fileReplayId: number | null
      arrived: { index: number; fileId: number }[]
    }
  | Exclude<Found, { kind: 'candidate' }>

export interface ImportStepInput {
  job: number
  /** With the first step. */
  begin?: { name: string; instance: string; nowMs: number }
  /** With the first step, and whenever endpoints changed. */
  book?: JudgingBook
  piece?: Uint8Array
  end?: boolean
  /** Nothing more of it is wanted. */
  stop?: boolean
}

export interface ImportStep {
  found: ImportFound[]
  /** There is more to be found in what was given already. */
  more: boolean
  /** Everything was read. */
  ended: boolean
}

interface Reading {
  source: PieceSource
  found: AsyncGenerator<Found, void, void>
  /** What was asked of `found` and has not come yet. */
  pending: Promise<IteratorResult<Found, void>> | null
  judge: ReturnType<typeof importJudge>
}

/** Reads imports on a worker thread, step by step; of each only what is at hand is in memory. */
export function importSteps(dataDir: string, reader: Reader) {
  const readings = new Map<number, Reading>()

  const begin = ({ name, instance, nowMs }: NonNullable<ImportStepInput['begin']>): Reading => {
    const source = new PieceSource()
    const { transfers } = reader
    const shared = {
      bodiesFolder: bodiesFolder(dataDir),
      transfers,
      sameReceipt: transfers.recogniser(),
    }
    const found = deliveriesIn(source, name, (pieces, format) =>
      format === 'ndjson'
        ? ndjsonDeliveries(pieces, { ...shared, instance })
        : requestDeliveries(pieces, makeRequestReader(format), {
            ...shared,
            fingerprints: new RequestFingerprints(),
            nowMs,
          }),
    )
    return { source, found, pending: null, judge: importJudge(emptyBook, dataDir) }
  }

  return async (input: ImportStepInput): Promise<ImportStep> => {
    const { job } = input
    if (input.begin) readings.set(job, begin(input.begin))
    const reading = readings.get(job)
    if (!reading) throw new Error('That import is not being read.')
    if (input.stop) {
      readings.delete(job)
      await stopReading(reading)
      return { found: [], more: false, ended: true }
    }
    if (input.book) reading.judge = importJudge(input.book, dataDir)
    if (input.piece) reading.source.push(input.piece)
    if (input.end) reading.source.end()
    const step = await readStep(reading)
    if (step.ended) readings.delete(job)
    return step
  }
}

/** Lets the reader end by itself, so that it takes away what it had begun to write. */
async function stopReading({ source, found, pending }: Reading): Promise<void> {
  source.end()
  await pending?.catch(() => undefined)
  await found.return()
}

async function readStep(reading: Reading): Promise<ImportStep> {
  const found: ImportFound[] = []
  const until = performance.now() + STEP_MS
  let bytes = 0
  for (;;) {
    reading.pending ??= reading.found.next()
    const next = await Promise.race([
      reading.pending,
      reading.source.hungry().then(() => 'hungry' as const),
    ])
    if (next === 'hungry') return { found, more: false, ended: false }
    reading.pending = null
    if (next.done) return { found, more: false, ended: true }
    const made = judged(next.value, reading)
    found.push(made)
    bytes += bytesOf(made)
    if (bytes >= STEP_BYTES || found.length >= STEP_FOUND || performance.now() >= until) {
      return { found, more: true, ended: false }
    }
  }
}

function judged(found: Found, { judge }: Reading): ImportFound {
  if (found.kind !== 'candidate') return found
  const { fileReplayId, arrived } = found.candidate
  return { kind: 'add', imported: judge(found.candidate), fileReplayId, arrived }
}

function bytesOf(found: ImportFound): number {
  if (found.kind !== 'add') return 0
  const { delivery, replays } = found.imported
  const own = delivery.body.kind === 'memory' ? delivery.body.bytes.byteLength : 0
  const answers = replays.map(({ outcome }) =>
    outcome && 'answer' in outcome ? outcome.answer.body.byteLength : 0,
  )
  return answers.reduce((sum, each) => sum + each, own + (delivery.answer?.body?.byteLength ?? 0))
}

type Open = (
  pieces: AsyncIterable<Uint8Array>,
  format: FileFormat,
) => AsyncGenerator<Found, void, void>

/** Tells the format from the first bytes, unpacks gzip, and reads. */
async function* deliveriesIn(
  source: PieceSource,
  name: string,
  open: Open,
): AsyncGenerator<Found, void, void> {
  const given = await peeked(source.pieces(), 2)
  const isGzip = given.start[0] === 0x1f && given.start[1] === 0x8b
  let idleBytes = 0
  const counted = async function* (pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      idleBytes += piece.byteLength
      if (idleBytes > MOST_IDLE_BYTES) throw new ImportTrap()
      yield piece
    }
  }
  const unpacked = isGzip ? counted(gunzipped(given.all)) : given.all
  try {
    const inner = await peeked(unpacked, SNIFFED_BYTES)
    const format = formatOf(inner.start, name.replace(/\.gz$/i, ''))
    if (format === null) {
      const sentence =
        'This is none of the formats that can be imported: NDJSON, HAR, raw HTTP or cURL.'
      yield { kind: 'unreadable', sentence }
      return
    }
    for await (const found of open(inner.all, format)) {
      if (found.kind !== 'warning') idleBytes = 0
      yield found
    }
  } catch (error) {
    yield { kind: 'unreadable', sentence: sentenceOf(error) }
  }
}

/** A small file that unpacks to very much of nothing. */
class ImportTrap extends Error {
  override name = 'ImportTrap'
}

async function* gunzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(pieces, { objectMode: true, highWaterMark: 1 })
  const gunzip = createGunzip()
  packed.on('error', (error) => gunzip.destroy(error))
  packed.pipe(gunzip)
  for await (const piece of gunzip) if (piece instanceof Uint8Array) yield piece
}

function sentenceOf(error: unknown): string {
  if (error instanceof ImportTrap) {
    return `Reading stopped: ${MOST_IDLE_BYTES / 1024 / 1024} MB came without a single delivery.`
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_'))
    return 'The gzip file is damaged or was cut; what came before was read.'
  if (code === 'ENOSPC') return 'The disk is full.'
  return `Reading stopped: ${error instanceof Error ? error.message : String(error)}`
}
