import type { RawHeader } from '#contract/http.ts'
import type { ReplayEdits } from '#contract/replay.ts'
import { MOST_EDITED_BYTES } from '#contract/replay.ts'
import type { ReplayedDelivery } from './build.ts'

/** The contract's edits with the bytes of the body, so that they cross to worker threads. */
export type PlainEdits = Omit<ReplayEdits, 'body'> & { body?: Uint8Array }

/** Reads the bytes of an edited body; `problem`: it is larger than what can be sent. */
export async function plainEdits(edits: ReplayEdits): Promise<PlainEdits | { problem: string }> {
  const { body, ...rest } = edits
  if (body === undefined) return rest
  if (body.size > MOST_EDITED_BYTES) {
    return { problem: `An edited body has at most ${MOST_EDITED_BYTES / 1024 / 1024} MiB.` }
  }
  return { ...rest, body: new Uint8Array(await body.arrayBuffer()) }
}

/** The captured request with what the person changed; Host and framing are decided when it is built. */
export function applyEdits(delivery: ReplayedDelivery, edits: PlainEdits): ReplayedDelivery {
  const { method, rawHeaders, setHeaders = [], body } = edits
  return {
    ...delivery,
    method: method ?? delivery.method,
    rawHeaders: setHeaders.reduce<readonly RawHeader[]>(
      setHeader,
      rawHeaders ?? delivery.rawHeaders,
    ),
    body: body ?? delivery.body,
  }
}

/** The names of `setHeaders`, lower case: what the person set by name stays as it was set. */
export function namesSet({ setHeaders = [] }: PlainEdits): ReadonlySet<string> {
  return new Set(setHeaders.map(([name]) => name.toLowerCase()))
}

/** The first of that name is replaced where it stands, else it is added; `null` removes them all. */
function setHeader(
  rawHeaders: readonly RawHeader[],
  [name, value]: readonly [string, string | null],
): readonly RawHeader[] {
  const isIt = ([other]: RawHeader): boolean => other.toLowerCase() === name.toLowerCase()
  if (value === null) return rawHeaders.filter((header) => !isIt(header))
  const first = rawHeaders.findIndex(isIt)
  if (first === -1) return [...rawHeaders, [name, value]]
  return rawHeaders.map((header, index): RawHeader => (index === first ? [name, value] : header))
}
