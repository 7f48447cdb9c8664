import { setTimeout as delay } from 'node:timers/promises'
import type { Forward } from '#contract/forwarding.ts'
import type { Status } from '#contract/status.ts'
import type { StoredDelivery } from '#engine/judging/intake.ts'
import type { Gap } from '#engine/listener/gaps.ts'
import { remoteHost } from '#engine/replay/loopback.ts'
import { KeptConnections } from '#engine/replay/kept-connections.ts'
import { leadsToListener } from '#engine/replay/own-listener.ts'
import { isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import { CATCH_ALL } from '#engine/store/forwards-table.ts'
import { createBodyBudget } from './body-budget.ts'
import { forwardingConfig } from './config.ts'
import { createCounts } from './counts.ts'
import { justStored } from './forwardable.ts'
import type { GatewayAnswer } from './gateway-answer.ts'
import { instanceIdOf } from './instance.ts'
import { createOutcomeWriter } from './outcome-writer.ts'
import { type Arrived, type ForwardPlan, planForwards } from './plan.ts'
import { Queues } from './queues.ts'
import type { ForwarderOptions, ForwardingRooms } from './rooms.ts'
import { INTERRUPTED_DETAIL, NOT_STORED, serve } from './serving.ts'

/** What is under way when the engine closes gets so long; then it stays in the queue. */
const LAST_WORDS_MS = 1_000

/** Of the listener's drain; shorter, so that a sender that waits is answered. */
const PATIENT_SHARE = 8 / 9

/** Rows that are changed in one transaction. */
const SHIFTED_AT_ONCE = 200

type Which = { id: number } | { endpointId: number }

export interface Forwarder {
  /** Decides, before the commit, where a delivery goes and whether its sender waits. */
  plan(arrived: Arrived): ForwardPlan
  /** These were committed and are not on the disk yet: their queues leave them alone. */
  hold(stored: readonly StoredDelivery[]): void
  /** They never got there. */
  letGo(stored: readonly StoredDelivery[]): void
  /**
   * Takes over a delivery that was just stored. What its sender hears, where it waits for that;
   * `null`: its answer is known.
   */
  take(stored: StoredDelivery, committedAtMs: number): Promise<GatewayAnswer> | null
  /** Goes on with what an earlier run left. */
  start(): void
  /** Endpoints, allowed hosts or secrets changed. */
  changed(): void
  /** The clock was set, or the machine slept: pauses between attempts stay as long as they were. */
  clockMoved(gap: Gap): Promise<void>
  /** What memory knows beyond the row: that it is under way, or what is in its way. */
  shown(forward: Forward): Forward
  /** @returns how many are sent now */
  retryNow(which: Which): Promise<number>
  /** @returns how many were given up */
  drop(which: Which): Promise<number>
  counts(): Status['forwarding']
  /**
   * The engine is closing: nothing more is begun from the queues, and senders that wait hear in time
   * that they have to come again.
   */
  retire(): void
  /** Lets what is under way finish for a moment; the rest stays in the queue. */
  close(): Promise<void>
}

const GIVEN_UP = 'Given up by hand.'

export function createForwarder(options: ForwarderOptions): Forwarder {
  const { thread } = options
  const ending = new AbortController()
  const counts = createCounts(thread, () => options.onCounted())
  const rooms = roomsOf(options, ending.signal, () => counts.refresh())
  const queues = new Queues(rooms)
  const serving = new Set<Promise<unknown>>()
  const { config, instanceId, forwards } = rooms

  const serveOne = (stored: StoredDelivery, index: number, committedAtMs: number) => {
    const { delivery, committed } = stored
    const url = delivery.forwards?.[index]?.url ?? ''
    const forwardId = committed.forwardIds?.[index] ?? 0
    const served = { forwardId, deliveryId: committed.id, url, delivery, committedAtMs }
    const answer = serve(rooms, served, () =>
      queues.wake({ endpointId: delivery.endpointId ?? CATCH_ALL, url }),
    )
    serving.add(answer)
    void answer.finally(() => serving.delete(answer))
    return answer
  }
  const offer = ({ delivery, committed }: StoredDelivery, index: number) => {
    const url = delivery.forwards?.[index]?.url ?? ''
    const { body } = delivery
    queues.offer(
      { endpointId: delivery.endpointId ?? CATCH_ALL, url },
      {
        id: committed.forwardIds?.[index] ?? 0,
        deliveryId: committed.id,
        attempts: 0,
        bodyByteLength: body.kind === 'file' ? body.byteLength : body.bytes.byteLength,
        delivery: justStored(committed.id, delivery),
      },
    )
  }
  /** Lanes of what was changed look again. */
  const wakeLanes = (which: Which) => {
    const one = 'id' in which ? forwards.get(which.id) : null
    if (one) queues.wake(one)
    if ('id' in which) return
    for (const lane of forwards.lanes()) {
      if (lane.endpointId === which.endpointId) queues.wake(lane)
    }
  }
  const change = async (which: Which, step: (limit: number) => number) => {
    const most = 'id' in which ? 1 : await counts.openOf(which.endpointId)
    const count = await queues.change(step, most)
    if (count > 0) {
      counts.refresh()
      options.onStored(false)
    }
    wakeLanes(which)
    return count
  }

  return {
    plan: (arrived) =>
      planForwards(
        arrived,
        config,
        instanceId,
        ({ url }) => rooms.refusal(url) === null,
        Date.now(),
      ),
    hold: (stored) => eachForward(stored, (id) => rooms.held.add(id)),
    letGo: (stored) => eachForward(stored, (id) => rooms.held.delete(id)),
    take(stored, committedAtMs) {
      eachForward([stored], (id) => rooms.held.delete(id))
      let answer: Promise<GatewayAnswer> | null = null
      stored.delivery.forwards?.forEach(({ state }, index) => {
        if (state === 'sending') answer = serveOne(stored, index, committedAtMs)
        if (state === 'waiting') offer(stored, index)
      })
      counts.refresh()
      return answer
    },
    start() {
      forwards.closeInterrupted(INTERRUPTED_DETAIL)
      if (forwards.any()) counts.refresh()
      queues.start()
    },
    changed: () => queues.wakeAll(),
    async clockMoved({ kind, ms }) {
      try {
        let after: number | null = kind === 'clock-set' ? 0 : null
        while (after !== null) {
          after = forwards.shift(ms, after, SHIFTED_AT_ONCE)
          await delay(1)
        }
      } catch (error) {
        if (!isDatabaseFailure(error)) throw error
        options.onWriteFailure(error)
      }
      queues.wakeAll()
    },
    shown(forward) {
      const lane = forward.state === 'waiting' ? queues.find(forward) : null
      if (lane === null) return forward
      if (lane.isSending(forward.id)) return { ...forward, state: 'sending', nextAtMs: null }
      return lane.blocked === null ? forward : { ...forward, detail: lane.blocked }
    },
    retryNow: (which) => {
      const nowMs = Date.now()
      return change(which, (limit) => forwards.wake(which, nowMs, limit))
    },
    drop: (which) => change(which, (limit) => forwards.drop(which, GIVEN_UP, limit)),
    counts: () => counts.now(),
    retire() {
      queues.close()
      setTimeout(() => ending.abort(), options.drainMs * PATIENT_SHARE).unref()
    },
    async close() {
      queues.close()
      counts.close()
      const giveUpAtMs = Date.now() + LAST_WORDS_MS
      while ((queues.isFlying || serving.size > 0) && Date.now() < giveUpAtMs) await delay(10)
      ending.abort()
      await Promise.allSettled(serving)
      rooms.writer.close()
      rooms.connections.close()
      await thread.close()
    },
  }
}

function eachForward(stored: readonly StoredDelivery[], step: (id: number) => void): void {
  for (const { committed } of stored) for (const id of committed.forwardIds ?? []) step(id)
}

function roomsOf(
  options: ForwarderOptions,
  ending: AbortSignal,
  onChanged: () => void,
): ForwardingRooms {
  const { store, roster, ports, thread, run } = options
  const writer = createOutcomeWriter({
    forwards: store.forwards,
    log: store,
    refusal: NOT_STORED,
    onStored: (settled) => {
      options.onWritten()
      onChanged()
      options.onStored(settled.some(({ answer }) => answer !== null))
    },
    onFailure: (error) => options.onWriteFailure(error),
  })
  return {
    roster,
    ports,
    thread,
    ending,
    writer,
    forwards: store.forwards,
    config: forwardingConfig(roster, run),
    budget: createBodyBudget(),
    connections: new KeptConnections(),
    instanceId: instanceIdOf(store.settings),
    held: new Set(),
    proto: () => (options.listening()?.url.startsWith('https:') ? 'https' : 'http'),
    isOurs: (url) => leadsToListener(url, options.listening()),
    begin(replay) {
      try {
        return store.replays.insert(replay)
      } catch (error) {
        if (!isDatabaseFailure(error)) throw error
        options.onWriteFailure(error)
        return null
      }
    },
    refusal(url) {
      const host = remoteHost(url)
      if (host === null || store.allowedHosts.has(host)) return null
      return `Sending to ${host} is not allowed (any more). Allow it in Settings.`
    },
    onWriteFailure: (error) => options.onWriteFailure(error),
  }
}
