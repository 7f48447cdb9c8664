import { rm } from 'node:fs'
import { join } from 'node:path'
import type { Status } from '#contract/status.ts'
import { openForwarder } from '#engine/forwarding/open-forwarder.ts'
import { replayMarker } from '#engine/judging/arrived-replays.ts'
import { createIntake, type StoredDelivery } from '#engine/judging/intake.ts'
import { createReadThread } from '#engine/judging/read-pool.ts'
import { createRejudger } from '#engine/judging/rejudge.ts'
import { createRoster } from '#engine/judging/roster.ts'
import { createSchemeBook } from '#engine/judging/scheme-book.ts'
import { byteCount } from '#engine/listener/problems.ts'
import { type EngineOptions, EngineStartError } from '#engine/options.ts'
import { createReplayPorts } from '#engine/replay/ports.ts'
import { createArrivals } from '#engine/rpc/arrivals.ts'
import { createBatches } from '#engine/rpc/batches.ts'
import { createChangeFeed } from '#engine/rpc/changes.ts'
import { openCheckRuns } from '#engine/rpc/check-runs.ts'
import { openControlSocket } from '#engine/rpc/control-socket.ts'
import { continued, type LifeHooks, openLives } from '#engine/rpc/lives.ts'
import { createProblems } from '#engine/rpc/problems.ts'
import type { Rooms } from '#engine/rpc/rooms.ts'
import { createRouter, type EngineRouter } from '#engine/rpc/router.ts'
import { engineListener } from '#engine/rpc/settings/engine-listener.ts'
import { engineOutside } from '#engine/rpc/settings/engine-outside.ts'
import { storedSettings } from '#engine/rpc/settings/stored-settings.ts'
import { createShownRows } from '#engine/rpc/shown-rows.ts'
import { judgeWhatWasLocked } from '#engine/rpc/unlocked.ts'
import { openVault } from '#engine/secrets/vault.ts'
import { guardSecrets, logStored, openEngineLog, problemLog } from '#engine/logs/engine-log.ts'
import { createCheckpointer } from '#engine/store/checkpointer.ts'
import { describeWriteFailure } from '#engine/store/describe-write-failure.ts'
import { type DiskRoom, watchDisk } from '#engine/store/disk-watch.ts'
import { openStore } from '#engine/store/open-store.ts'
import { createUpkeep } from '#engine/store/upkeep/upkeep.ts'
import { openTransfers } from '#engine/transfer/transfers.ts'

export interface Engine {
  router: EngineRouter
  dataDir: string
  status(): Status
  /** Stops listening, drains what is in flight, and closes the store. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Starts the product without a screen on one data directory.
 * Rejects with EngineStartError when another engine has it, the port is taken, or the database
 * cannot be used.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const lock = await openControlSocket({ dataDir: options.dataDir })
  if (lock.alreadyRunning) {
    throw new EngineStartError(
      'already-running',
      `Another Countersign is using ${options.dataDir}. ` +
        'Use that one, end it, or choose another directory with --data-dir.',
    )
  }
  const feed = createChangeFeed()
  const closers: (() => Promise<void> | void)[] = [() => lock.close(), () => feed.close()]
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const begin = (life: LifeHooks) => assemble(continued(options, life.at), life)
    const lives = await openLives({ dataDir: options.dataDir, feed, begin })
    closers.push(() => lives.close())
    const { router } = lives
    lock.serve(router)
    let closing: Promise<void> | null = null
    const close = () => (closing ??= closeAll())
    return { router, dataDir: options.dataDir, status: () => lives.status(), close }
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function assemble(options: EngineOptions, life: LifeHooks) {
  const { dataDir } = options
  const { closers, feed } = life
  const store = openStore(dataDir)
  closers.push(() => store.close())
  const log = openEngineLog(options)
  closers.push(() => log.close())
  store.sweepOrphanedBodies()
  const vault = await openVault({ slots: store.slots, dataDir, osKeyStorage: options.osKeyStorage })
  closers.push(() => vault.close())
  const problems = life.watch(createProblems(() => feed.publish({ status: true }), problemLog(log)))
  const reads = createReadThread(dataDir)
  const searches = createReadThread(dataDir)
  const judgingThread = createReadThread(dataDir, { behind: true })
  closers.push(async () => {
    await Promise.all([reads.close(), searches.close(), judgingThread.close()])
  })

  const schemes = createSchemeBook(() => store.ownSchemes.list())
  const unusable = schemes.problem()
  if (unusable !== null) problems.report('own-scheme-unusable', unusable)
  const roster = createRoster(store, vault, schemes)
  guardSecrets(log, roster)
  const replayPorts = createReplayPorts()
  const arrivals = createArrivals()
  const shown = createShownRows()
  const rejudger = createRejudger({
    store,
    roster,
    thread: judgingThread,
    shownIds: () => shown.ids(),
    onProgress: () => {
      feed.publish({ judged: true, status: true })
      upkeep.poke()
    },
    onFailure: (error) => problems.report('judging-failed', judgingFailure(error)),
    onDone: () => problems.clear('judging-failed'),
  })
  closers.push(() => rejudger.stop())
  const checkpointer = createCheckpointer(dataDir, (error) =>
    problems.report('checkpoint-failed', `Writing the log back stopped: ${error.message}`),
  )
  closers.push(() => checkpointer.close())
  const disk = watchDisk({
    dataDir,
    onNearlyFull: (room) => problems.report('disk-nearly-full', nearlyFull(room)),
    onEnough: () => problems.clear('disk-nearly-full'),
    ...(options.roomOnDisk && { roomOf: options.roomOnDisk }),
  })
  closers.push(() => disk.close())
  const upkeep = createUpkeep({
    dataDir,
    undoMs: options.undoMs,
    turns: store.turns,
    find: (query) => searches.run('ids', query),
    onChanged: (changed) => feed.publish(changed),
    onProblem: (code, sentence) =>
      sentence === null ? problems.clear(code) : problems.report(code, sentence),
  })
  closers.push(() => upkeep.close())
  const transfers = openTransfers({
    ...{ dataDir, version: options.version, store, roster, rejudger, feed, problems },
    ...{ upkeep, checkpointer, disk, listening: () => listening.status() },
  })
  closers.push(() => transfers.close())
  const markArrivedReplays = replayMarker(store)
  const forwarder = openForwarder({
    ...{ dataDir, store, roster, replayPorts, feed, problems, run: options.forward },
    drainMs: options.drainMs,
    listening: () => listening.status(),
  })
  closers.push(() => forwarder.close())
  const checks = openCheckRuns({ store, feed, version: options.version })
  closers.push(() => checks.close())
  const intake = createIntake({
    store,
    roster,
    forwarding: forwarder,
    replayIdOf: (address, port) => replayPorts.replayIdOf(address, port),
    cameThrough: (head, own) => outside.cameThrough(head, own || arrivals.expects(head)),
    onCommitted: (stored) => {
      problems.clear('write-failed')
      if (stored.some(({ delivery }) => delivery.body.kind === 'file')) {
        problems.clear('body-not-stored')
      }
      arrivals.noteAll(stored)
      const refused = markArrivedReplays(stored)
      if (refused) problems.report('write-failed', describeWriteFailure(refused.error).sentence)
      for (const id of judgedWithOldConfiguration(roster, stored)) rejudger.start(id)
      announce(feed, stored)
      logStored(log, stored)
      checkpointer.written(stored)
      upkeep.poke()
      disk.written(stored)
    },
    onWriteFailure: (error) => {
      problems.report('write-failed', describeWriteFailure(error).sentence)
      life.suspect(error)
    },
    onTimesStored: () => {
      problems.clear('times-not-stored')
      feed.publish({ answered: true })
    },
    onTimesRefused: (error, lasting) => {
      if (lasting) problems.report('times-not-stored', describeWriteFailure(error).sentence)
      life.suspect(error)
    },
    random: options.random,
    onJudgingFailure: (error) => problems.report('intake-failed', intakeFailure(error)),
    discardBody: (name) =>
      rm(join(dataDir, 'bodies', name), { force: true }, (error) => {
        // The next start sweeps what is left.
        if (error) problems.report('body-left-behind', `${name} stays behind: ${error.message}`)
      }),
  })
  closers.push(() => intake.close())
  const settings = storedSettings(store.settings)
  for (const section of settings.unreadable) {
    problems.report('settings-unreadable', unreadableSettings(section))
  }
  const { listening, localCa, pathTokens } = engineListener(options, {
    ...{ intake, settings, problems, vault, store },
    onGap: (gap) => void forwarder.clockMoved(gap),
  })
  closers.push(() => listening.close())
  const outside = engineOutside(options, { settings, listening, problems, feed })
  closers.push(() => outside.close())
  closers.push(() => forwarder.retire())
  await listening.open(settings.get().listener)

  const batches = createBatches({
    ...{ store, reads, roster, replayPorts, feed },
    listening: () => listening.status(),
  })
  closers.push(() => batches.close())

  const status = (): Status => ({
    version: options.version,
    pid: process.pid,
    dataDir,
    listening: listening.status(),
    paused: listening.paused,
    given: listening.given,
    bodyLimitBytes: settings.get().listener.bodyLimitBytes,
    ...outside.status(),
    problems: problems.list(),
    secrets: { state: vault.state, slots: [...vault.slots], sentence: vault.sentence },
    judging: rejudger.progress(),
    indexing: upkeep.indexing(),
    jobs: upkeep.jobs(),
    batches: batches.running(),
    transfers: transfers.running(),
    forwarding: forwarder.counts(),
  })
  const rooms: Rooms = {
    life,
    problems,
    store,
    vault,
    log,
    checkpointer,
    roster,
    schemes,
    reads,
    searches,
    upkeep,
    transfers,
    rejudger,
    feed,
    intake,
    forwarder,
    replayPorts,
    batches,
    checks,
    arrivals,
    shown,
    status,
    settings,
    listening,
    localCa,
    pathTokens,
    outside,
  }
  judgeWhatWasLocked(rooms)
  forwarder.start()
  rejudger.resume()
  return { router: createRouter(rooms), status }
}

function nearlyFull({ freeBytes }: DiskRoom): string {
  const free = byteCount(freeBytes)
  return `The disk of the data directory is nearly full: ${free} are free. When it is full, deliveries are refused with 503. Free some space, or let retention remove old deliveries (Settings, Retention).`
}

function unreadableSettings(section: string): string {
  return `The stored ${section} settings cannot be read; the defaults are used. Set them anew in Settings.`
}

/**
 * Endpoints whose configuration changed while one of these bodies streamed in: it was judged with
 * the one it began with, and judging anew may have ended before it was there to be found.
 */
function judgedWithOldConfiguration(
  roster: Rooms['roster'],
  stored: readonly StoredDelivery[],
): Set<number> {
  const outdated = new Set<number>()
  for (const { delivery } of stored) {
    const { endpointId, revision } = delivery
    if (endpointId === null) continue
    if (revision < roster.profileOf(endpointId).revision) outdated.add(endpointId)
  }
  return outdated
}

function announce(feed: Rooms['feed'], stored: readonly StoredDelivery[]): void {
  const newest = stored[stored.length - 1]
  feed.publish({ arrived: stored.length, newestDeliveryId: newest?.committed.id ?? null })
}

function intakeFailure(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error)
  return `A request could not be judged and was refused with 503 (${why}). This is a fault of Countersign.`
}

function judgingFailure(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error)
  return `Judging earlier deliveries anew stopped (${why}). It is tried again by itself.`
}
