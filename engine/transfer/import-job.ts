import { Warnings } from '#engine/interchange/export/warnings.ts'
import type { ReadThread } from '#engine/judging/read-pool.ts'
import type { Roster } from '#engine/judging/roster.ts'
import { describeWriteFailure, isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import type { Store } from '#engine/store/open-store.ts'
import type { ImportedDelivery } from '#engine/store/types.ts'
import type { ImportFound, ImportStepInput } from './import-steps.ts'
import { failed, type Job } from './job.ts'
import type { JudgingBook } from './judge-import.ts'

/** A transaction holds the lock and the capture thread: it ends before this, as far as one can say. */
const AIM_MS = 4
const MOST_AT_ONCE = 64
/** Bytes of bodies in one transaction. */
const MOST_BYTES = 512 * 1024
/** Somebody else writes: an import waits for its turn again and again, for this long. */
const MOST_BUSY_MS = 30_000
const BUSY_PAUSE_MS = 50

export interface ImportRun {
  job: Job
  store: Pick<Store, 'imports'>
  roster: Pick<Roster, 'endpoints' | 'profileOf'>
  thread: Pick<ReadThread, 'run'>
  instance: string
  /** Deliveries were stored. */
  onStored(stored: readonly ImportedDelivery[]): void
  /** A body file has no delivery after all. */
  discardBody(name: string): void
}

type Add = Extract<ImportFound, { kind: 'add' }>

/** One import: takes pieces of a file, and resolves when what they complete is stored. */
export class ImportJob {
  readonly #run: ImportRun
  readonly #warnings = new Warnings()
  /** Ids here of replays that came into the listener there, by their ids in the file. */
  readonly #replays = new Map<number, number>()
  #endpoints: readonly unknown[] | null = null
  #begun = false
  #atOnce = 8
  #turn: Promise<void> = Promise.resolve()

  constructor(run: ImportRun) {
    this.#run = run
  }

  get job(): Job {
    return this.#run.job
  }

  /** The next piece, which is given away; pieces are taken one after another. */
  write(piece: Uint8Array): Promise<void> {
    return this.#queue(async () => {
      const { job } = this.#run
      if (job.transfer.state !== 'running') return
      // Afterwards the piece is empty here.
      const done = job.transfer.done + piece.byteLength
      await this.#steps({ piece })
      job.set({ done, byteLength: job.transfer.done })
    })
  }

  /** There is nothing behind the pieces that were written. */
  finish(): Promise<void> {
    return this.#queue(async () => {
      const { job } = this.#run
      if (job.transfer.state !== 'running') return
      await this.#steps({ end: true })
      if (job.transfer.state === 'running') {
        await this.#inTurn(() => this.#run.store.imports.sync())
        if (job.signal.aborted) return
        job.set({ state: 'done', total: job.transfer.done })
      }
    })
  }

  /** What is stored stays. */
  stop(): Promise<void> {
    return this.#queue(async () => {
      if (this.#begun) await this.#step({ stop: true })
    })
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      failed(this.#run.job, `The import stopped: ${why}`)
    })
    this.#turn = done
    return done
  }

  async #steps(given: Pick<ImportStepInput, 'piece' | 'end'>): Promise<void> {
    const { job } = this.#run
    let step = await this.#step(given)
    for (;;) {
      await this.#store(step.found)
      if (!step.more || job.transfer.state !== 'running') return
      if (job.signal.aborted) return
      step = await this.#step({})
    }
  }

  #step(given: Pick<ImportStepInput, 'piece' | 'end' | 'stop'>) {
    const { job, thread, instance } = this.#run
    const { id, name } = job.transfer
    const begin = this.#begun ? null : { begin: { name, instance, nowMs: Date.now() } }
    this.#begun = true
    const book = this.#changedBook()
    const input = { job: id, ...begin, ...(book && { book }), ...given }
    return thread.run('importStep', input, given.piece ? bufferOf(given.piece) : [])
  }

  /** Today's endpoints, when they are others than at the last step. */
  #changedBook(): JudgingBook | null {
    const { roster } = this.#run
    const endpoints = roster.endpoints()
    if (endpoints === this.#endpoints) return null
    this.#endpoints = endpoints
    return {
      endpoints,
      profiles: endpoints.map(({ id }) => roster.profileOf(id)),
      catchAll: roster.profileOf(null),
    }
  }

  async #store(found: readonly ImportFound[]): Promise<void> {
    const adds: Add[] = []
    const { job } = this.#run
    try {
      for (const each of found) {
        if (each.kind === 'add') {
          // What a replay became is stored after that replay, whose id here it has to know.
          if (each.fileReplayId !== null) await this.#commit(adds)
          adds.push(each)
        } else this.#note(each)
      }
      await this.#commit(adds)
    } catch (error) {
      if (!isDatabaseFailure(error)) throw error
      failed(job, describeWriteFailure(error).sentence)
    } finally {
      for (const add of adds) this.#discard(add)
      job.set({ warnings: this.#warnings.list() })
    }
  }

  #note(found: Exclude<ImportFound, Add>): void {
    const { job } = this.#run
    switch (found.kind) {
      case 'here':
        job.set({ alreadyHere: job.transfer.alreadyHere + 1 })
        for (const { fileId, replayId } of found.arrived) this.#replays.set(fileId, replayId)
        return
      case 'warning':
        this.#warnings.add(found.sentence)
        return
      case 'unreadable':
        failed(job, found.sentence)
    }
  }

  /** In transactions as small as it takes; what is stored leaves `adds`. */
  async #commit(adds: Add[]): Promise<void> {
    while (adds.length > 0) {
      const some = firstOf(adds, this.#atOnce)
      const tookMs = await this.#inTurn(() => this.#commitSome(some))
      if (tookMs === null) return
      adds.splice(0, some.length)
      if (tookMs > AIM_MS) this.#atOnce = Math.max(1, Math.floor(this.#atOnce / 2))
      else if (some.length === this.#atOnce && tookMs < AIM_MS / 2) {
        this.#atOnce = Math.min(MOST_AT_ONCE, this.#atOnce * 2)
      }
      // Whatever arrived meanwhile comes first.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Returns how long the transaction took, milliseconds; `null`: it is not wanted any more. */
  async #inTurn(transaction: () => void): Promise<number | null> {
    const { signal } = this.#run.job
    const since = performance.now()
    while (!signal.aborted) {
      const began = performance.now()
      try {
        transaction()
        return performance.now() - began
      } catch (error) {
        if (!isHeldElsewhere(error) || began - since > MOST_BUSY_MS) throw error
        // Nothing of it is kept, and whoever sends gets a turn meanwhile.
        await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS))
      }
    }
    return null
  }

  #commitSome(some: readonly Add[]): void {
    const { job, store } = this.#run
    const batch = some.map(({ imported, fileReplayId }) => {
      if (fileReplayId === null) return imported
      // 0: a replay of ours that is not in the file; it is marked all the same.
      const replayId = this.#replays.get(fileReplayId) ?? 0
      return { ...imported, delivery: { ...imported.delivery, replayId } }
    })
    const outcomes = store.imports.commit(batch, Date.now())
    const stored: ImportedDelivery[] = []
    outcomes.forEach((outcome, index) => {
      const add = some[index]
      if (!add) return
      if (outcome === 'already-here') {
        this.#discard(add)
        return
      }
      stored.push(add.imported)
      for (const { index: at, fileId } of add.arrived) {
        const replayId = outcome.replayIds[at]
        if (replayId !== undefined) this.#replays.set(fileId, replayId)
      }
    })
    job.set({
      added: job.transfer.added + stored.length,
      alreadyHere: job.transfer.alreadyHere + some.length - stored.length,
    })
    if (stored.length > 0) this.#run.onStored(stored)
  }

  #discard({ imported }: Add): void {
    const { body } = imported.delivery
    if (body.kind === 'file') this.#run.discardBody(body.name)
  }
}

function isHeldElsewhere(error: unknown): boolean {
  return isDatabaseFailure(error) && describeWriteFailure(error).code === 'locked'
}

/** At most so many, and not much more bytes than one transaction should hold. */
function firstOf(adds: readonly Add[], most: number): Add[] {
  const some: Add[] = []
  let bytes = 0
  for (const add of adds) {
    const { body } = add.imported.delivery
    if (some.length === most || bytes >= MOST_BYTES) break
    // Its replay may be in this very transaction.
    if (some.length > 0 && add.fileReplayId !== null) break
    some.push(add)
    bytes += body.kind === 'memory' ? body.bytes.byteLength : 0
  }
  return some
}

/** The memory of a piece, when there is nothing else in it: then it need not be copied. */
function bufferOf({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
