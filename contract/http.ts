import { z } from 'zod'

/** One header as it stood on the wire: case and repetition kept by position in the list. */
export const RawHeader = z.tuple([z.string(), z.string()])
export type RawHeader = z.infer<typeof RawHeader>

/**
 * The headers as HTTP/1.1 writes them (RFC 9113 §8.3.1): those of HTTP/2 begin with pseudo headers,
 * such as `:authority`, which becomes Host where there is none. Others are returned as they are.
 */
export function fieldsOf(rawHeaders: readonly RawHeader[]): readonly RawHeader[] {
  if (!rawHeaders.some(([name]) => name.startsWith(':'))) return rawHeaders
  const fields = rawHeaders.filter(([name]) => !name.startsWith(':'))
  const authority = rawHeaders.find(([name]) => name === ':authority')?.[1]
  const named = fields.some(([name]) => name.toLowerCase() === 'host')
  return authority === undefined || named ? fields : [['host', authority], ...fields]
}

/** The most bytes that one range call may return. */
export const MAX_RANGE_BYTES = 1024 * 1024

/** The path of a request target: without the query, and without scheme and host if it is absolute. */
export function pathOf(target: string): string {
  const query = target.search(/[?#]/)
  const path = query < 0 ? target : target.slice(0, query)
  if (path.startsWith('/')) return path
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)?$/i.exec(path)
  return absolute ? (absolute[1] ?? '/') : path
}
