import {
  type BodyRole,
  type NdjsonEvent,
  NdjsonReader,
} from '#engine/interchange/ndjson/ndjson-reader.ts'
import type { BodyFact, DeliveryLine, ReplayLine } from '#engine/interchange/ndjson/lines.ts'
import type { TransferReader } from '#engine/store/transfer-reader.ts'
import type { StoredBody } from '#engine/store/types.ts'
import type { Found } from './candidate.ts'
import { fingerprintOfDelivery } from './fingerprint.ts'
import { ImportBody } from './import-body.ts'
import { candidateOf, importedReplay, type ReadReplay } from './ndjson-candidate.ts'

/** What is held of the answers and of the replays of one delivery, bodies and all. */
const MOST_HELD_BYTES = 64 * 1024 * 1024
const MOST_REPLAYS = 10_000

export interface NdjsonImport {
  bodiesFolder: string
  /** The id of this data directory. */
  instance: string
  transfers: Pick<TransferReader, 'imported' | 'isSame' | 'isHidden' | 'replayAt'>
  /** Whether a delivery is here that came at the same time with the same bytes. */
  sameReceipt: ReturnType<TransferReader['recogniser']>
}

interface OpenReplay {
  line: ReplayLine
  body: Uint8Array[] | null
  answer: Uint8Array[]
}

/** The delivery that is being read. */
interface Open {
  at: number
  line: DeliveryLine
  /** Its id here; `null`: it is new. */
  hereAs: number | null
  body: ImportBody
  stored: StoredBody | null
  answer: Uint8Array[]
  answerIsWhole: boolean
  fingerprint: Uint8Array
  replays: ReadReplay[]
  replay: OpenReplay | null
  /** Replays that there is no room for. */
  left: number
  heldBytes: number
}

/** Puts deliveries together from what an NDJSON file tells. */
export async function* ndjsonDeliveries(
  pieces: AsyncIterable<Uint8Array>,
  options: NdjsonImport,
): AsyncGenerator<Found, void, void> {
  const reader = new NdjsonReader()
  const assembly = new Assembly(options)
  try {
    for await (const piece of pieces) {
      for (const event of reader.push(piece)) yield* assembly.take(event)
    }
    for (const event of reader.end()) yield* assembly.take(event)
  } finally {
    await assembly.discard()
  }
}

class Assembly {
  readonly #options: NdjsonImport
  #instance = ''
  #open: Open | null = null

  constructor(options: NdjsonImport) {
    this.#options = options
  }

  async *take(event: NdjsonEvent): AsyncGenerator<Found, void, void> {
    switch (event.kind) {
      case 'header':
        this.#instance = event.header.instance
        return
      case 'unreadable':
        yield { kind: 'unreadable', sentence: event.sentence }
        return
      case 'delivery':
        yield* this.#finish()
        this.#begin(event.line, event.delivery)
        return
      case 'replay':
        this.#closeReplay()
        this.#beginReplay(event.replay)
        return
      case 'bytes':
        await this.#bytes(event.role, event.bytes)
        return
      case 'whole':
        yield* this.#whole(event.role, event.fact)
        return
      case 'problem':
        yield { kind: 'warning', sentence: event.sentence }
        if (event.breaks) await this.#break()
        return
      case 'end':
        yield* this.#finish()
    }
  }

  async discard(): Promise<void> {
    const open = this.#open
    this.#open = null
    if (open !== null && open.stored === null) await open.body.discard()
  }

  #begin(at: number, line: DeliveryLine): void {
    const { id, receivedAtMs } = line
    const bodySha256 = line.body.sha256
    const told = { instance: this.#instance, id, receivedAtMs, bodySha256 }
    const fingerprint = fingerprintOfDelivery(told)
    this.#open = {
      at,
      line,
      hereAs: this.#find(line, fingerprint),
      body: new ImportBody(this.#options.bodiesFolder),
      stored: null,
      answer: [],
      answerIsWhole: line.answer?.body == null,
      fingerprint,
      replays: [],
      replay: null,
      left: 0,
      heldBytes: 0,
    }
  }

  /** The delivery here that this line tells of. */
  #find(line: DeliveryLine, fingerprint: Uint8Array): number | null {
    const { transfers, instance, sameReceipt } = this.#options
    const told = {
      receivedAtMs: line.receivedAtMs,
      bodySha256: Buffer.from(line.body.sha256, 'hex'),
      method: line.method,
      exactly: { target: line.target, rawHeaders: JSON.stringify(line.rawHeaders) },
      source: this.#instance,
    }
    const candidates = [
      this.#instance === instance && transfers.isSame(line.id, told) ? line.id : null,
      transfers.imported(fingerprint),
    ]
    // What is being removed comes back by an import.
    const found = candidates.find((id) => id !== null && !transfers.isHidden(id))
    return found ?? sameReceipt(told)
  }

  #beginReplay(line: ReplayLine): void {
    const open = this.#open
    if (open === null) return
    open.replay = { line, body: line.body && [], answer: [] }
  }

  async #bytes(role: BodyRole, bytes: Uint8Array): Promise<void> {
    const open = this.#open
    if (!open || open.hereAs !== null) return
    if (!open.replay && role === 'body') {
      await open.body.push(bytes)
      return
    }
    open.heldBytes += bytes.byteLength
    if (open.heldBytes > MOST_HELD_BYTES) return
    const { replay } = open
    if (!replay) open.answer.push(bytes)
    else if (role === 'answer') replay.answer.push(bytes)
    else replay.body?.push(bytes)
  }

  async *#whole(role: BodyRole, fact: BodyFact): AsyncGenerator<Found, void, void> {
    const open = this.#open
    if (!open || open.hereAs !== null || open.replay) return
    if (role === 'answer') {
      open.answerIsWhole = true
      return
    }
    const { stored, sha256 } = await open.body.finish()
    open.stored = stored
    if (sha256 === fact.sha256) return
    const sentence = `The delivery in line ${open.at} was left out: its body does not have the digest that the file says.`
    yield { kind: 'warning', sentence }
    await this.#drop()
  }

  /** What is whole stays: only the replay that was being read is lost. */
  async #break(): Promise<void> {
    const open = this.#open
    if (open === null) return
    if (open.replay) open.replay = null
    else if (open.hereAs === null && !isWhole(open)) await this.#drop()
  }

  async #drop(): Promise<void> {
    const open = this.#open
    this.#open = null
    if (open === null) return
    if (open.stored === null) await open.body.discard()
    else if (open.stored.kind === 'file') await open.body.remove(open.stored.name)
  }

  #closeReplay(): void {
    const open = this.#open
    if (!open?.replay) return
    const { line, body, answer } = open.replay
    open.replay = null
    if (open.heldBytes > MOST_HELD_BYTES || open.replays.length === MOST_REPLAYS) open.left++
    else if (open.hereAs !== null) open.replays.push({ line, made: null })
    else open.replays.push({ line, made: importedReplay(line, body, answer) })
  }

  async *#finish(): AsyncGenerator<Found, void, void> {
    this.#closeReplay()
    const open = this.#open
    this.#open = null
    if (open === null) return
    if (open.hereAs !== null) {
      yield { kind: 'here', arrived: this.#arrivedHere(open, open.hereAs) }
      return
    }
    const { stored } = open
    if (stored === null) return
    const missing = open.line.replays - open.replays.length
    if (missing > 0) {
      const replays = missing === 1 ? 'one replay was' : `${missing} replays were`
      const sentence = `Of the delivery in line ${open.at} ${replays} left out.`
      yield { kind: 'warning', sentence }
    }
    yield { kind: 'candidate', candidate: candidateOf({ ...open, stored }, this.#instance) }
  }

  #arrivedHere({ replays }: Open, id: number) {
    return replays.flatMap(({ line }) => {
      if (!line.arrived) return []
      const replayId = this.#options.transfers.replayAt(id, line.startedAtMs, line.url)
      return replayId === null ? [] : [{ fileId: line.id, replayId }]
    })
  }
}

function isWhole({ stored, answerIsWhole }: Open): boolean {
  return stored !== null && answerIsWhole
}
