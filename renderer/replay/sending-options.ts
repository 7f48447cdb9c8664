import type { NewReplay } from '#contract/replay.ts'
import { keep } from '#renderer/app/use-kept.ts'

/** Where to and how a request is sent and signed, as a person chooses it. */
export interface SendingOptions {
  url: string
  verifyTls: boolean
  resign: boolean
  messageId: 'same' | 'new'
  timestamp: 'now' | 'original' | 'shifted'
  /** Seconds beside now, as typed; counts where `timestamp` is `shifted`. */
  shift: string
  /** `null`: the one that verified it, else the first that signs. */
  secretId: number | null
}

/** Whole seconds with their sign; `null`: that is none. */
export function secondsOf(shift: string): number | null {
  const text = shift.trim().replace('−', '-')
  return /^[+-]?\d{1,9}$/.test(text) ? Number(text) : null
}

/** The same for the engine. */
export function sendingInput(options: SendingOptions): Pick<
  NewReplay,
  'url' | 'verifyTls' | 'resign' | 'messageId' | 'timestamp' | 'timeoutMs'
> & {
  secretId?: number
} {
  const { url, verifyTls, resign, messageId, timestamp, shift, secretId } = options
  return {
    url: url.trim(),
    verifyTls,
    timeoutMs: 30_000,
    resign,
    messageId,
    timestamp: timestamp === 'shifted' ? (secondsOf(shift) ?? 0) : timestamp,
    ...(secretId === null ? {} : { secretId }),
  }
}

const nameOf = (endpointId: number | null) => `replayed-with~${endpointId ?? 'catch-all'}`

/** Remembers with what deliveries of an endpoint were sent last. None of it is secret. */
export function keepOptions(endpointId: number | null, options: SendingOptions): void {
  const { url, verifyTls, resign, messageId, timestamp, shift, secretId } = options
  keep(
    nameOf(endpointId),
    JSON.stringify({ url, verifyTls, resign, messageId, timestamp, shift, secretId }),
  )
}

function isOneOf<Value extends string>(
  value: unknown,
  values: readonly [Value, ...Value[]],
): Value | null {
  return values.find((each) => each === value) ?? null
}

/** With what deliveries of an endpoint were sent last; `null`: none was, or it cannot be read. */
export function readOptions(text: string | null): SendingOptions | null {
  if (text === null) return null
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof kept !== 'object' || kept === null || !('url' in kept)) return null
  const of = (name: string): unknown => Object.entries(kept).find(([key]) => key === name)?.[1]
  const [url, shift, secretId] = [of('url'), of('shift'), of('secretId')]
  if (typeof url !== 'string') return null
  return {
    url,
    verifyTls: of('verifyTls') !== false,
    resign: of('resign') === true,
    messageId: isOneOf(of('messageId'), ['same', 'new']) ?? 'same',
    timestamp: isOneOf(of('timestamp'), ['now', 'original', 'shifted']) ?? 'now',
    shift: typeof shift === 'string' ? shift : '-300',
    secretId: typeof secretId === 'number' ? secretId : null,
  }
}

export function lastOptions(endpointId: number | null): SendingOptions | null {
  return readOptions(localStorage.getItem(`countersign.${nameOf(endpointId)}`))
}
