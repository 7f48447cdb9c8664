import { rm } from 'node:fs'
import { join } from 'node:path'
import type { Status } from '#contract/status.ts'
import type { NewExport, Transfer } from '#contract/transfer.ts'
import { createReadThread } from '#engine/judging/read-pool.ts'
import type { Roster } from '#engine/judging/roster.ts'
import type { Store } from '#engine/store/open-store.ts'
import { runExport } from './export-job.ts'
import type { ExportTarget } from './export-steps.ts'
import { ImportJob } from './import-job.ts'
import { deliveriesInWords, failed, type Job } from './job.ts'
import type { ExportContext } from './open-writer.ts'
import { fileName, instanceOf, shownName } from './names.ts'
import { storedNews, type StoredNewsOptions } from './stored-news.ts'
import {
  newTransferName,
  readTransferFile,
  removeTransferFile,
  sweepTransfers,
} from './transfer-files.ts'

/** Kept at once, ended ones included: the oldest ended one is forgotten for a new one. */
const MOST_TRANSFERS = 50
const MOST_RUNNING = 8
/** Whoever wrote an import has gone away. */
const SILENCE_MS = 10 * 60_000

export interface TransferOptions extends StoredNewsOptions {
  dataDir: string
  version: string
  store: Pick<Store, 'imports' | 'settings'>
  roster: Pick<Roster, 'endpoints' | 'profileOf'>
  feed: { publish(changed: { removed?: true; runs?: true; status?: true }): void }
  problems: { report(code: string, sentence: string): void }
  listening(): Status['listening']
}

/**
 * Nearly all that importing makes is garbage soon: a larger young generation would only hold it for
 * longer. The old one has room for the longest item that a file may hold, several times over.
 */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 768 }

/** Where requests go when nothing listens and nobody said where to. */
const NOT_LISTENING = 'http://127.0.0.1:4100'

/** One sentence that says why not. */
export interface Refused {
  refused: string
}

export interface Transfers {
  list(): Transfer[]
  /** For the status: what runs. */
  running(): Transfer[]
  get(id: number): Transfer | null
  /** `total`: how many deliveries it means, `null`: not known. */
  beginExport(request: NewExport, target: ExportTarget, total: number | null): Transfer | Refused
  /** `null`: there is no such export. */
  read(id: number, offset: number, length: number): Promise<Uint8Array | null>
  beginImport(name: string, byteLength: number | null): Transfer | Refused
  write(id: number, offset: number, piece: Uint8Array): Promise<Transfer | Refused>
  finish(id: number): Promise<Transfer | Refused>
  /** Returns false when there is no such transfer. */
  cancel(id: number): Promise<boolean>
  close(): Promise<void>
}

interface Held {
  job: Job
  abort: AbortController
  /** Of an export: its file, in the folder of transfers. */
  file: string | null
  import: ImportJob | null
  ended: Promise<void>
  heardAtMs: number
}

const GONE: Refused = { refused: 'There is no such import.' }

/** Opens imports and exports of a data directory; what an earlier run left of them goes. */
export function openTransfers(options: TransferOptions): Transfers {
  const { dataDir, store } = options
  sweepTransfers(dataDir)
  const thread = createReadThread(dataDir, { behind: true, limits: THREAD_LIMITS })
  const held = new Map<number, Held>()
  let lastId = 0
  const instance = instanceOf(store)
  const stored = storedNews(options)
  const progress = () => options.feed.publish({ runs: true, status: true })
  const leftBehind = (error: unknown) =>
    options.problems.report(
      'transfer-left-behind',
      `A file of an import or export stays behind: ${why(error)}`,
    )

  const newJob = (transfer: Omit<Transfer, 'id'>): { job: Job; abort: AbortController } => {
    const abort = new AbortController()
    const id = ++lastId
    const job: Job & { transfer: Transfer } = {
      transfer: { ...transfer, id },
      signal: abort.signal,
      set(change) {
        job.transfer = { ...job.transfer, ...change }
        progress()
      },
    }
    return { job, abort }
  }
  const keep = (one: Held) => {
    held.set(one.job.transfer.id, one)
    progress()
    return one.job.transfer
  }
  const forget = async (id: number) => {
    const one = held.get(id)
    held.delete(id)
    if (one?.file != null) await removeTransferFile(dataDir, one.file)
    progress()
  }
  const refusal = (): Refused | null => {
    const all = [...held.values()]
    const running = all.filter(({ job }) => job.transfer.state === 'running')
    if (running.length >= MOST_RUNNING) {
      return { refused: `${MOST_RUNNING} imports and exports run already; wait for one of them.` }
    }
    const ended = all.find(({ job }) => job.transfer.state !== 'running')
    if (all.length >= MOST_TRANSFERS && ended) {
      forget(ended.job.transfer.id).catch((error: unknown) => leftBehind(error))
    }
    return null
  }

  const silence = setInterval(() => {
    for (const one of held.values()) {
      if (!one.import || one.job.transfer.state !== 'running') continue
      if (performance.now() - one.heardAtMs < SILENCE_MS) continue
      failed(one.job, 'Nothing more of the file came for ten minutes. What came before is stored.')
      void one.import.stop()
    }
  }, 30_000).unref()

  const importOf = (id: number): { one: Held; reading: ImportJob } | null => {
    const one = held.get(id)
    if (!one?.import) return null
    one.heardAtMs = performance.now()
    return { one, reading: one.import }
  }

  return {
    list: () => [...held.values()].map(({ job }) => job.transfer),
    running: () =>
      [...held.values()].flatMap(({ job }) =>
        job.transfer.state === 'running' ? [job.transfer] : [],
      ),
    get: (id) => held.get(id)?.job.transfer ?? null,
    beginExport(request, target, total) {
      const refused = refusal()
      if (refused) return refused
      const file = newTransferName()
      const what = total === null ? 'deliveries' : deliveriesInWords(total)
      const { job, abort } = newJob({
        ...begun('export', `Exporting ${what}`, fileName(Date.now())),
        total,
      })
      const ended = runExport({
        ...{ job, file, target, request, thread },
        context: contextOf(options, instance),
      })
      return keep({ job, abort, file, import: null, ended, heardAtMs: performance.now() })
    },
    async read(id, offset, length) {
      const file = held.get(id)?.file
      if (file == null) return null
      try {
        return await readTransferFile(dataDir, file, offset, length)
      } catch (error) {
        // Its first step has not come so far.
        if (isMissing(error) && held.has(id)) return new Uint8Array(0)
        throw error
      }
    },
    beginImport(name, byteLength) {
      const refused = refusal()
      if (refused) return refused
      const shown = shownName(name)
      const { job, abort } = newJob({
        ...begun('import', `Importing ${shown}`, shown),
        total: byteLength,
      })
      const reading = new ImportJob({
        ...{ job, store, roster: options.roster, thread, instance },
        onStored: (some) => stored.tell(some),
        discardBody: (body) => {
          rm(join(dataDir, 'bodies', body), { force: true }, (error) => {
            // The next start sweeps what is left.
            if (error) leftBehind(error)
          })
        },
      })
      const one = { job, abort, file: null, import: reading, ended: Promise.resolve() }
      return keep({ ...one, heardAtMs: performance.now() })
    },
    async write(id, offset, piece) {
      const found = importOf(id)
      if (!found) return GONE
      const { one, reading } = found
      const { done, state, problem } = one.job.transfer
      if (state !== 'running') return { refused: problem ?? 'The import has ended.' }
      if (offset !== done) {
        return { refused: `The next piece begins at byte ${done}, not at ${offset}.` }
      }
      await reading.write(piece)
      return one.job.transfer
    },
    async finish(id) {
      const found = importOf(id)
      if (!found) return GONE
      await found.reading.finish()
      stored.now()
      return found.one.job.transfer
    },
    async cancel(id) {
      const one = held.get(id)
      if (!one) return false
      const { job, abort, import: reading } = one
      if (job.transfer.state !== 'running') {
        await forget(id)
        return true
      }
      abort.abort()
      if (reading) {
        job.set({ state: 'cancelled' })
        await reading.stop()
        stored.now()
        return true
      }
      await one.ended
      await forget(id)
      return true
    },
    async close() {
      clearInterval(silence)
      stored.stop()
      for (const { abort } of held.values()) abort.abort()
      await thread.close()
      await Promise.allSettled([...held.values()].map(({ ended }) => ended))
      sweepTransfers(dataDir)
    },
  }
}

function begun(kind: Transfer['kind'], sentence: string, name: string): Omit<Transfer, 'id'> {
  return {
    ...{ kind, sentence, name, state: 'running', done: 0, total: null, byteLength: 0 },
    ...{ added: 0, alreadyHere: 0, warnings: [], problem: null, throwawaySecrets: [] },
  }
}

function contextOf(options: TransferOptions, instance: string): ExportContext {
  const { roster, version } = options
  const endpoints = roster.endpoints()
  return {
    ...{
      instance,
      version,
      nowMs: Date.now(),
      captureUrl: options.listening()?.url ?? NOT_LISTENING,
    },
    endpoints: endpoints.map(({ id, name, path }) => ({ id, name, path })),
    profiles: [...endpoints.map(({ id }) => roster.profileOf(id)), roster.profileOf(null)],
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
