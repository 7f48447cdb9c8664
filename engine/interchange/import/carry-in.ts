import type { RawHeader } from '#contract/http.ts'
import type { Parsed } from '#engine/interchange/parsed-request.ts'
import { quoted } from '#engine/interchange/head-lines.ts'
import type { Imported } from './request-reader.ts'

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** The largest request that is taken in, as it stands in its file. */
export const MOST_REQUEST_BYTES = 96 * 1024 * 1024

/**
 * What was read as a request that could have come over a wire, or why it could not: a file may hold
 * headers and targets that would be several lines (RFC 9110 §5.5), and must not make them ours.
 */
export function carryIn(parsed: Parsed, receivedAtMs: number | null): Imported {
  const { method, target, rawHeaders, rawTrailers } = parsed.request
  if (!TOKEN.test(method)) return { problem: `${quoted(method)} is no HTTP method.` }
  if (!/^[\x21-\x7e\x80-\xff]+$/.test(target)) {
    return {
      problem: `${quoted(target)} is no request target: it holds blanks or other characters.`,
    }
  }
  const bad = [...rawHeaders, ...rawTrailers].filter((header) => !isHeader(header))
  const notices = bad
    .slice(0, 10)
    .map(([name]) => `A header that no HTTP message can hold is left out: ${quoted(name)}.`)
  const request = {
    ...parsed.request,
    rawHeaders: rawHeaders.filter(isHeader),
    rawTrailers: rawTrailers.filter(isHeader),
  }
  return { request, receivedAtMs, notices: [...parsed.notices, ...notices] }
}

function isHeader([name, value]: RawHeader): boolean {
  return TOKEN.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}
