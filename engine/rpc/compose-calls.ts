import { randomInt } from 'node:crypto'
import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { NewComposed } from '#contract/compose.ts'
import type { Replay } from '#contract/replay.ts'
import { composer, type ComposedRequest } from '#engine/judging/composing.ts'
import { readDraft } from '#engine/replay/compose/render-draft.ts'
import { sampleEvents } from '#engine/replay/compose/sample-events.ts'
import { leadsToListener } from '#engine/replay/own-listener.ts'
import { sendPrepared } from '#engine/replay/replay-once.ts'
import { outcomeToStore } from '#engine/judging/stored-outcome.ts'
import { assertMaySend, refusedHost } from './host-calls.ts'
import { withoutGiven } from './replay-rows.ts'
import type { Rooms } from './rooms.ts'

/** How many are remembered; what is older is forgotten with its answers. */
const MOST_REMEMBERED = 500
/** So much of the body is shown before it is sent. */
const PREVIEW_BYTES = 1024 * 1024
const LARGEST_SEED = 2 ** 31

/** Without what must never be stored: the given secret, and settings that are secrets. */
function storable({ schemes }: Rooms, { draft, ...asked }: NewComposed) {
  const { resign, messageId, timestamp, secretId } = asked
  const scheme = draft.schemeId === null ? null : schemes.find(draft.schemeId)
  const secret = new Set(
    scheme?.settings?.filter(({ kind }) => kind === 'secret').map(({ name }) => name),
  )
  const settings = Object.entries(draft.settings).filter(([name]) => !secret.has(name))
  return {
    draft: { ...draft, settings: Object.fromEntries(settings) },
    signing: { resign, messageId, timestamp, ...(secretId !== undefined && { secretId }) },
  }
}

type Make = (counter: number) => ComposedRequest | { problem: string }

/** Renders, builds and signs; every request at its own moment. */
function maker({ roster, schemes }: Rooms, asked: NewComposed): Make | { problem: string } {
  const { draft, url } = asked
  if (draft.schemeId !== null && !schemes.find(draft.schemeId)) {
    return { problem: `There is no scheme “${draft.schemeId}”.` }
  }
  if (draft.endpointId !== null && !roster.endpoints().some(({ id }) => id === draft.endpointId)) {
    return { problem: `There is no endpoint ${draft.endpointId} any more.` }
  }
  const ready = readDraft(draft, draft.seed ?? randomInt(LARGEST_SEED))
  if ('problem' in ready) return ready
  const composing = composer({ roster, draft, signing: asked, url })
  return (counter) => {
    const nowMs = Date.now()
    const rendered = ready.render(counter, nowMs)
    return 'problem' in rendered ? rendered : composing.prepare(rendered, nowMs)
  }
}

async function sendOne(
  rooms: Rooms,
  asked: NewComposed,
  composedId: number,
  made: ComposedRequest,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { store, replayPorts } = rooms
  const { replayId, outcome } = await sendPrepared(made, {
    ports: replayPorts,
    timeoutMs: asked.timeoutMs,
    // Our own listener's certificate may be one that nobody else trusts.
    rejectUnauthorized: asked.verifyTls && !leadsToListener(asked.url, rooms.status().listening),
    begin: ({ request, messageId }, startedAtMs) => {
      const { method, target, rawHeaders, body } = request
      const resigned = asked.resign && asked.draft.schemeId !== null
      const row = {
        ...{ deliveryId: null, origin: 'compose' as const, composedId, startedAtMs },
        ...{ url: asked.url, resigned, messageId, method, target, rawHeaders, body },
      }
      return store.replays.insert(withoutGiven(row, asked.secretText))
    },
    ...(signal && { signal }),
  })
  store.replays.finish(replayId, outcomeToStore(outcome), outcome.timings)
  rooms.feed.publish({ replays: true })
  return replayId
}

/** One after another, each with the next counter; what cannot be made at all is not remembered. */
async function sendAll(
  rooms: Rooms,
  asked: NewComposed,
  signal: AbortSignal | undefined,
): Promise<{ composedId: number; replays: Replay[] } | { problem: string }> {
  const { store } = rooms
  const make = maker(rooms, asked)
  if ('problem' in make) return make
  let made = make(1)
  if ('problem' in made) return made
  const composedAtMs = Date.now()
  const composedId = store.composed.insert({
    ...storable(rooms, asked),
    composedAtMs,
    url: asked.url,
  })
  const { url, verifyTls } = asked
  store.replayTargets.remember(asked.draft.endpointId, {
    url,
    verifyTls,
    lastUsedAtMs: composedAtMs,
  })
  const replays: Replay[] = []
  for (let counter = 1; counter <= asked.times && !signal?.aborted; counter++) {
    if (counter > 1) made = make(counter)
    if ('problem' in made) return made
    const replay = store.replays.get(await sendOne(rooms, asked, composedId, made, signal))
    if (replay) replays.push(replay)
  }
  return { composedId, replays }
}

/** Step by step, so that capture goes on between two. */
async function forget({ store }: Rooms, id: number): Promise<boolean> {
  for (;;) {
    const step = store.composed.forgetSome(id)
    if (step !== 'more') return step === 'done'
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function forgetOldest(rooms: Rooms): Promise<void> {
  const oldest = rooms.store.composed.oldestBeyond(MOST_REMEMBERED)
  if (oldest !== null) await forget(rooms, oldest)
}

/** Webhooks that are written here: sample events, what would go out, sending, and what was sent. */
export function composeCalls(rooms: Rooms) {
  const os = implement(api).compose
  const { store, schemes } = rooms
  return {
    samples: os.samples.handler(({ input: { schemeId }, errors }) => {
      const scheme = schemeId === null ? null : schemes.find(schemeId)
      if (schemeId !== null && !scheme) {
        throw errors.NOT_FOUND({ message: `There is no scheme “${schemeId}”.` })
      }
      return sampleEvents(scheme)
    }),
    preview: os.preview.handler(({ input, errors }) => {
      const make = maker(rooms, input)
      const made = 'problem' in make ? make : make(1)
      if ('problem' in made) throw errors.BAD_REQUEST({ message: made.problem })
      const { method, target, rawHeaders, body } = made.request
      const type = 'application/octet-stream'
      return {
        method,
        target,
        rawHeaders: [...rawHeaders],
        bodyByteLength: body.byteLength,
        body: new Blob([new Uint8Array(body.subarray(0, PREVIEW_BYTES))], { type }),
        origin: new URL(input.url).origin,
        asksForHost: refusedHost(rooms, input.url),
        intoOurselves: leadsToListener(input.url, rooms.status().listening),
        changed: [],
        verdict: made.verdict,
        notices: [],
      }
    }),
    send: os.send.handler(async ({ input, errors, signal }) => {
      assertMaySend(rooms, input.url, errors)
      const sent = await sendAll(rooms, input, signal)
      if ('problem' in sent) throw errors.BAD_REQUEST({ message: sent.problem })
      await forgetOldest(rooms)
      return sent
    }),
    history: os.history.handler(({ input: { limit } }) => store.composed.list(limit)),
    forget: os.forget.handler(async ({ input: { id }, errors }) => {
      if (!(await forget(rooms, id))) {
        throw errors.NOT_FOUND({ message: 'That was forgotten already.' })
      }
      rooms.feed.publish({ replays: true })
      return {}
    }),
  }
}
