import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import type { Lane as LaneKey } from '#engine/store/forwards-table.ts'
import { ANSWER_BODY_LIMIT } from '#engine/store/replays-table.ts'
import { attempt } from './attempt.ts'
import { readAgain } from './forwardable.ts'
import { type Calls, Lane, type ReadyForward, type Sent } from './lane.ts'
import { gapsOf, type Standing, standingAfter } from './retry.ts'
import type { ForwardingRooms } from './rooms.ts'
import { outcomeToStore } from '#engine/judging/stored-outcome.ts'

/** So many rows are changed in one transaction. */
const CHANGED_AT_ONCE = 200
const DROPPED_DETAIL = 'Its endpoint or target was taken away before it was sent.'
const NOT_BLOCKED: Sent = { blocked: null, again: false }

/** All lanes: one for each target that has had something to send. */
export class Queues {
  private readonly rooms: ForwardingRooms
  private readonly lanes = new Map<string, Lane>()
  private readonly abandoning = new Set<string>()
  private closed = false

  constructor(rooms: ForwardingRooms) {
    this.rooms = rooms
  }

  /** What waits from earlier goes on. */
  start(): void {
    for (const key of this.rooms.forwards.lanes()) this.of(key).wake()
  }

  offer(key: LaneKey, forward: ReadyForward): void {
    this.of(key).offer(forward)
  }

  /** Something waits in this lane that the database knows and it does not. */
  wake(key: LaneKey): void {
    this.of(key).wake()
  }

  /** Configuration, allowed hosts or secrets changed. */
  wakeAll(): void {
    for (const lane of this.lanes.values()) lane.wake()
  }

  find(key: LaneKey): Lane | null {
    return this.lanes.get(nameOf(key)) ?? null
  }

  get isFlying(): boolean {
    return [...this.lanes.values()].some((lane) => lane.isFlying)
  }

  close(): void {
    this.closed = true
    for (const lane of this.lanes.values()) lane.close()
  }

  private of(key: LaneKey): Lane {
    const known = this.find(key)
    if (known) return known
    const { rooms } = this
    const lane: Lane = new Lane(key, {
      forwards: rooms.forwards,
      setup: () => rooms.config.ofLane(key),
      refusal: ({ url }) => rooms.refusal(url),
      isStalled: () => rooms.writer.isStalled,
      isHeld: (id) => rooms.held.has(id),
      send: (forward, calls) => this.send(key, forward, calls),
      abandon: () => void this.abandon(key),
    })
    this.lanes.set(nameOf(key), lane)
    return lane
  }

  private async send(key: LaneKey, forward: ReadyForward, calls: Calls): Promise<Sent> {
    const giveBack = await this.rooms.budget.take(forward.bodyByteLength)
    try {
      return await this.sendNow(key, forward, calls)
    } catch (error) {
      // The read thread died, or the database refuses reads: it stays in the queue.
      const why = error instanceof Error ? error.message : String(error)
      return { blocked: `It could not be read (${why}).`, again: false }
    } finally {
      giveBack()
    }
  }

  private async sendNow(key: LaneKey, forward: ReadyForward, calls: Calls): Promise<Sent> {
    const { forwards, config, thread, ending } = this.rooms
    // Dropped, or purged with its delivery, since it was looked up.
    if (forwards.get(forward.id)?.state !== 'waiting') return NOT_BLOCKED
    const delivery = forward.delivery ?? (await this.load(forward, thread))
    const setup = config.ofLane(key)
    if (setup === null || this.closed) return NOT_BLOCKED
    if (delivery === null) {
      return this.settle(forward, failed('The body of the delivery is missing.'), null)
    }
    const scheme = config.schemeOf(delivery.endpointId, delivery.verification.schemeId)
    const attempted = await attempt(delivery, setup, this.rooms, {
      forwardId: forward.id,
      timeoutMs: config.deadlineMs(setup.forwarding, scheme),
      maxAnswerBytes: ANSWER_BODY_LIMIT,
      signal: ending,
      keepsConnection: calls.isAlone,
      onSent: () => calls.onSent(),
    })
    calls.onDone()
    if ('held' in attempted) return { blocked: attempted.held, again: false }
    if ('problem' in attempted) return this.settle(forward, failed(attempted.problem), null)
    const { outcome } = attempted
    // It was cut off by our own end: it waits in the database as if it had not been begun.
    if ('code' in outcome && outcome.code === 'ABORTED') return NOT_BLOCKED
    const gaps = gapsOf(setup.forwarding.retry, scheme)
    const standing = standingAfter(outcome, forward.attempts + 1, gaps, Date.now())
    return this.settle(forward, standing, attempted)
  }

  private async load(forward: ReadyForward, thread: ForwardingRooms['thread']) {
    const found = await thread.run('whole', { id: forward.deliveryId })
    return found && readAgain(found.delivery, found.body)
  }

  private async settle(
    { id, deliveryId }: ReadyForward,
    standing: Standing,
    attempted: Parameters<typeof attemptOf>[0] | null,
  ): Promise<Sent> {
    const made = attempted && attemptOf(attempted)
    await this.rooms.writer.write({ id, deliveryId, ...standing, attempt: made, answer: null })
    return { blocked: null, again: standing.state === 'waiting' }
  }

  private async abandon(key: LaneKey): Promise<void> {
    const name = nameOf(key)
    if (this.abandoning.has(name)) return
    this.abandoning.add(name)
    try {
      const drop = () => this.rooms.forwards.drop(key, DROPPED_DETAIL, CHANGED_AT_ONCE)
      while (!this.closed && drop() === CHANGED_AT_ONCE) await nextTurn()
      this.lanes.delete(name)
    } catch (error) {
      if (!isDatabaseFailure(error)) throw error
      this.rooms.onWriteFailure(error)
      setTimeout(() => this.wake(key), 2_000).unref()
    } finally {
      this.abandoning.delete(name)
    }
  }

  /**
   * Changes rows of the queue in short transactions.
   * @param most stops after so many, since what is sent at once may come back meanwhile
   */
  async change(step: (limit: number) => number, most: number): Promise<number> {
    let count = 0
    while (count < most) {
      const changed = step(Math.min(CHANGED_AT_ONCE, most - count))
      count += changed
      if (changed < CHANGED_AT_ONCE) break
      await nextTurn()
    }
    return count
  }
}

function attemptOf(attempted: Extract<Awaited<ReturnType<typeof attempt>>, { replay: unknown }>) {
  const { replay, replayId, outcome } = attempted
  return { replay, replayId, outcome: outcomeToStore(outcome), timings: outcome.timings }
}

function failed(detail: string): Standing {
  return { state: 'failed', nextAtMs: null, detail }
}

function nameOf({ endpointId, url }: LaneKey): string {
  return `${endpointId} ${url}`
}
