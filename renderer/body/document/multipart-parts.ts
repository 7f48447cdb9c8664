import { MultipartParser } from '@remix-run/multipart-parser'

/** One part of a multipart body; its bytes stay where they are. */
export interface MultipartPartInfo {
  /** Where its content begins in the body. */
  offset: number
  byteLength: number
  /** Its head as it stood, read as UTF-8. */
  head: string
  name: string | null
  fileName: string | null
  contentType: string | null
}

export interface Multipart {
  parts: MultipartPartInfo[]
  /** Why not all of it could be read. */
  problem: string | null
}

const MOST_PARTS = 2_000
const LONGEST_HEAD = 64 * 1024

/** The boundary that a content type names (RFC 2046, section 5.1.1). */
export function boundaryOf(contentType: string | null): string | null {
  if (contentType === null || !/^\s*multipart\//i.test(contentType)) return null
  const found = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,]+))/i.exec(contentType)
  const boundary = found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2] ?? ''
  return boundary === '' || boundary.length > 200 ? null : boundary
}

/** The boundary that a body begins with, for want of a content type that names it. */
export function boundaryAtStart(start: string): string | null {
  return /^--([\w'()+,./:=?-]{1,70})\r\n[\w-]+:/.exec(start)?.[1] ?? null
}

/** The parts of a multipart body, as far as they can be read. */
export function multipartParts(bytes: Uint8Array, boundary: string): Multipart {
  const start = startOf(bytes, boundary)
  if (start === null)
    return { parts: [], problem: `The boundary “${boundary}” is not in the body.` }
  const parser = new MultipartParser(boundary, {
    maxHeaderSize: LONGEST_HEAD,
    maxFileSize: bytes.length,
    maxParts: MOST_PARTS,
    maxTotalSize: bytes.length,
  })
  const parts: MultipartPartInfo[] = []
  let end = start + boundary.length + 2
  try {
    for (const { content } of parser.write(bytes.subarray(start))) {
      const [first] = content
      const headStart = end + 2
      const headEnd = endOfHead(bytes, headStart)
      const byteLength = content.reduce((sum, chunk) => sum + chunk.length, 0)
      const offset = first ? first.byteOffset - bytes.byteOffset : headEnd + 4
      parts.push(partInfo(bytes.subarray(headStart, headEnd), offset, byteLength))
      end = offset + byteLength + boundary.length + 4
    }
    parser.finish()
    return { parts, problem: null }
  } catch (error) {
    return { parts, problem: sentenceOf(error) }
  }
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/not finished/i.test(message)) return 'The last boundary is absent: the body ends in a part.'
  if (/parts/i.test(message)) return `Only the first ${MOST_PARTS} parts are shown.`
  return `The rest cannot be read: ${message}.`
}

/** Text may stand in front of the first boundary, and counts for nothing. */
function startOf(bytes: Uint8Array, boundary: string): number | null {
  const text = new TextDecoder('windows-1252').decode(bytes.subarray(0, LONGEST_HEAD))
  const mark = new TextDecoder('windows-1252').decode(new TextEncoder().encode(`--${boundary}`))
  if (text.startsWith(mark)) return 0
  const at = text.indexOf(`\r\n${mark}`)
  return at < 0 ? null : at + 2
}

/** The parser says where content begins only when there is some. */
function endOfHead(bytes: Uint8Array, start: number): number {
  for (let at = start; at + 3 < bytes.length; at += 1) {
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) {
      return at
    }
  }
  return bytes.length
}

function partInfo(headBytes: Uint8Array, offset: number, byteLength: number): MultipartPartInfo {
  const head = new TextDecoder().decode(headBytes)
  const value = (name: string) =>
    new RegExp(`(?:^|\\r\\n)${name}:[ \\t]*([^\\r\\n]*)`, 'i').exec(head)?.[1] ?? null
  const disposition = value('content-disposition') ?? ''
  return {
    offset,
    byteLength,
    head,
    name: parameterOf(disposition, 'name'),
    fileName: parameterOf(disposition, 'filename'),
    contentType: value('content-type'),
  }
}

/** A parameter of a header: quoted, bare, or extended (`filename*=UTF-8''…`, RFC 8187). */
function parameterOf(header: string, name: string): string | null {
  const extended = new RegExp(`;\\s*${name}\\*\\s*=\\s*utf-8'[^']*'([^;\\s]+)`, 'i').exec(header)
  if (extended) {
    try {
      return decodeURIComponent(extended[1] ?? '')
    } catch {
      return extended[1] ?? ''
    }
  }
  const plain = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i')
  const found = plain.exec(header)
  return found ? (found[1]?.replace(/\\(["\\])/g, '$1') ?? found[2] ?? '') : null
}
