import type { RawHeader } from '#contract/http.ts'

/**
 * Names the instances of Countersign that sent a request on, in order, as Via names proxies
 * (RFC 9110 §7.6.3). An instance that reads its own name has met its own request.
 */
export const LOOP_HEADER = 'Countersign-Forwarded'

/** More forwarders than this in a row are a loop, whoever they are. */
export const MOST_HOPS = 8

/** The instances that sent it on so far. */
export function hopsOf(rawHeaders: readonly RawHeader[]): string[] {
  return rawHeaders
    .filter(([name]) => isLoopHeader(name))
    .flatMap(([, value]) => value.split(','))
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '')
}

/** One sentence that says why a request goes in circles; `null`: it does not. */
export function loopSentence(rawHeaders: readonly RawHeader[], instanceId: string): string | null {
  // Asked for every delivery, and nearly none has it.
  if (!rawHeaders.some(([name]) => isLoopHeader(name))) return null
  const hops = hopsOf(rawHeaders)
  if (hops.includes(instanceId)) {
    return 'Countersign sent this request on itself, and it came back: a forwarding target leads here again.'
  }
  if (hops.length <= MOST_HOPS) return null
  return `This request was sent on by ${hops.length} Countersigns one after the other; more than ${MOST_HOPS} are taken for a loop.`
}

/** Adds ourselves, to the last header of that name or as the last header. */
export function withHop(rawHeaders: readonly RawHeader[], instanceId: string): RawHeader[] {
  return appended(rawHeaders, LOOP_HEADER, instanceId)
}

/**
 * Appends to a header that is a list (RFC 9110 §5.6.1): to its last line, else as a line of its own
 * at the end.
 */
export function appended(
  rawHeaders: readonly RawHeader[],
  name: string,
  value: string,
): RawHeader[] {
  const wanted = name.toLowerCase()
  const last = rawHeaders.reduce((at, [key], index) => (isNamed(key, wanted) ? index : at), -1)
  if (last === -1) return [...rawHeaders, [name, value]]
  return rawHeaders.map(([key, old], index): RawHeader => {
    if (index !== last) return [key, old]
    return [key, old.trim() === '' ? value : `${old}, ${value}`]
  })
}

function isLoopHeader(name: string): boolean {
  return isNamed(name, 'countersign-forwarded')
}

function isNamed(name: string, lowerCaseName: string): boolean {
  return name.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName
}
