import type { ForwardTarget, Forwarding } from '#contract/forwarding.ts'
import { isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import type { DueForward, ForwardsTable, Lane as LaneKey } from '#engine/store/forwards-table.ts'
import type { Forwardable } from './forwardable.ts'

/** Unanswered requests of one queue at once; they are begun one after the other. */
export const LANE_CONCURRENCY = 4
/** Known to memory; the others wait in the database. */
const READY = 64
/** What blocks a queue may end without a word to us: a host is allowed, secrets are unlocked. */
const LOOK_AGAIN_MS = 2_000
const LONGEST_TIMER_MS = 60_000

/** One that is due, with the delivery when it is still in memory. */
export interface ReadyForward extends DueForward {
  delivery: Forwardable | null
}

/** How an attempt leaves the queue. */
export interface Sent {
  /** Why the queue has to wait, one sentence; `null`: it goes on. */
  blocked: string | null
  /** It waits for another attempt. */
  again: boolean
}

export interface Calls {
  /** Nothing else of the queue is unanswered, so that a connection that is open overtakes nothing. */
  readonly isAlone: boolean
  onSent(): void
  onDone(): void
}

export interface LaneRooms {
  forwards: Pick<ForwardsTable, 'due' | 'nextAtMs'>
  /** Where it goes now; `null`: endpoint or target are gone. */
  setup(): { forwarding: Forwarding; target: ForwardTarget } | null
  /** Why nothing may go to this target now; `null`: it may. */
  refusal(target: ForwardTarget): string | null
  /** Nothing more may be begun: what became of earlier ones cannot be stored. */
  isStalled(): boolean
  /** It is offered later: it may not be on the disk yet. */
  isHeld(id: number): boolean
  /**
   * Makes one attempt; resolves when its outcome is stored. `onSent`: it is on its way; `onDone`: the
   * target has answered.
   */
  send(forward: ReadyForward, calls: Calls): Promise<Sent>
  /** Endpoint or target are gone: what waits is dropped. */
  abandon(lane: LaneKey): void
}

/**
 * The queue of one target. It is sent in the order of its deliveries: a request is begun once the
 * one before it is on its connection, and at most {@link LANE_CONCURRENCY} wait for their answers.
 * Only some that are due are held in memory.
 */
export class Lane {
  readonly key: LaneKey
  private readonly rooms: LaneRooms
  private ready: ReadyForward[] = []
  /** In memory, not settled in the database yet. */
  private readonly taken = new Set<number>()
  private readonly flying = new Set<number>()
  private unanswered = 0
  private opening = false
  /** The database may hold more that is due. */
  private more = true
  private timer: NodeJS.Timeout | null = null
  private closed = false
  private blockedBy: string | null = null
  /** Blocked, until something changes or it is time to look again. */
  private halted = false

  constructor(key: LaneKey, rooms: LaneRooms) {
    this.key = key
    this.rooms = rooms
  }

  /** Why nothing goes out, in one sentence; `null`: nothing is in the way. */
  get blocked(): string | null {
    return this.blockedBy
  }

  get isFlying(): boolean {
    return this.flying.size > 0
  }

  isSending(id: number): boolean {
    return this.flying.has(id)
  }

  /** One that was just stored as waiting. */
  offer(forward: ReadyForward): void {
    if (this.more || this.ready.length >= READY || this.blockedBy !== null) this.more = true
    else {
      // Only those that go at once keep their bodies in memory.
      const soon = this.ready.length + this.unanswered < LANE_CONCURRENCY
      this.take([soon ? forward : { ...forward, delivery: null }])
    }
    this.pump()
  }

  /** Something changed: looks at the database and at what was in the way. */
  wake(): void {
    this.more = true
    this.halted = false
    this.pump()
  }

  close(): void {
    this.closed = true
    this.clearTimer()
    this.ready = []
  }

  /** Called in the middle of capturing: what the database refuses must not stop that. */
  private pump(): void {
    try {
      this.beginSome()
    } catch (error) {
      if (!isDatabaseFailure(error)) throw error
      this.block('The database cannot be read.')
    }
  }

  private beginSome(): void {
    while (!this.closed && !this.halted && !this.opening && this.unanswered < LANE_CONCURRENCY) {
      if (!this.mayGo()) return
      const forward = this.ready.shift() ?? this.refill()
      if (!forward) return
      this.begin(forward)
    }
  }

  private mayGo(): boolean {
    if (this.rooms.isStalled()) return this.block('The database refuses writes.')
    const setup = this.rooms.setup()
    if (setup === null) {
      this.forget()
      this.more = false
      this.rooms.abandon(this.key)
      return false
    }
    const { forwarding, target } = setup
    if (forwarding.paused) return this.block('Forwarding is paused.')
    if (!target.enabled) return this.block('The target is switched off.')
    const refusal = this.rooms.refusal(target)
    if (refusal !== null) return this.block(refusal)
    this.blockedBy = null
    return true
  }

  private block(why: string): false {
    this.blockedBy = why
    this.halted = true
    this.forget()
    this.more = true
    this.wakeIn(LOOK_AGAIN_MS)
    return false
  }

  /** What is ready goes back to the database, where it still stands as waiting. */
  private forget(): void {
    for (const { id } of this.ready) this.taken.delete(id)
    this.ready = []
  }

  private refill(): ReadyForward | null {
    if (!this.more) return null
    const nowMs = Date.now()
    const limit = READY + this.taken.size
    const found = this.rooms.forwards.due(this.key, nowMs, limit)
    this.more = found.length === limit
    this.take(
      found
        .filter(({ id }) => !this.taken.has(id) && !this.rooms.isHeld(id))
        .map((due) => ({ ...due, delivery: null })),
    )
    if (!this.more) this.wakeAtNext(nowMs)
    return this.ready.shift() ?? null
  }

  private take(forwards: readonly ReadyForward[]): void {
    for (const forward of forwards) {
      this.taken.add(forward.id)
      this.ready.push(forward)
    }
  }

  private begin(forward: ReadyForward): void {
    const { id } = forward
    let opening = true
    let answering = true
    const onSent = () => {
      if (opening) this.opening = false
      opening = false
    }
    const onDone = () => {
      onSent()
      if (answering) this.unanswered -= 1
      answering = false
      this.flying.delete(id)
    }
    this.opening = true
    this.unanswered += 1
    this.flying.add(id)
    const sent = this.rooms.send(forward, {
      isAlone: this.unanswered === 1,
      onSent: () => {
        onSent()
        // The request is being written by the caller of this: the next one comes after it.
        setImmediate(() => this.pump())
      },
      onDone: () => {
        onDone()
        setImmediate(() => this.pump())
      },
    })
    void this.settle(id, sent, onDone)
  }

  private async settle(id: number, sent: Promise<Sent>, onDone: () => void): Promise<void> {
    const { blocked, again } = await sent
    onDone()
    this.taken.delete(id)
    if (blocked !== null) this.block(blocked)
    else if (again) this.wake()
    else this.pump()
  }

  private wakeAtNext(nowMs: number): void {
    const nextAtMs = this.rooms.forwards.nextAtMs(this.key, nowMs)
    if (nextAtMs === null) this.clearTimer()
    else this.wakeIn(nextAtMs - nowMs)
  }

  private wakeIn(ms: number): void {
    this.clearTimer()
    if (this.closed) return
    this.timer = setTimeout(
      () => {
        this.timer = null
        this.wake()
      },
      Math.min(LONGEST_TIMER_MS, Math.max(1, ms)),
    ).unref()
  }

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
