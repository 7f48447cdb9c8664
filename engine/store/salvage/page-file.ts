import fs from 'node:fs'
import { type LogContent, type LogPages, readLog } from './log-pages.ts'

const DEFAULT_PAGE_BYTES = 4096

/** The pages of a database as its last commit left them, damaged or not; nothing is written. */
export interface PageFile {
  readonly pageSize: number
  readonly pageCount: number
  /** Numbered from 1; `null`: it is outside of what is left of the file. */
  page(number: number): Buffer | null
  /** Of an auto-vacuum database: what a page is, and the page that points to it. */
  pointer(number: number): { kind: number; parent: number } | null
  close(): void
}

function pageSizeOf(header: Buffer, log: LogPages | null): number {
  const told = header.length >= 18 ? header.readUInt16BE(16) : 0
  const size = told === 1 ? 65_536 : told
  if (log !== null) return log.pageSize
  return size >= 512 && (size & (size - 1)) === 0 ? size : DEFAULT_PAGE_BYTES
}

function openLog(file: string): { fd: number; content: LogContent } | null {
  if (!fs.existsSync(file)) return null
  const fd = fs.openSync(file, 'r')
  return { fd, content: readLog((into, at) => fs.readSync(fd, into, 0, into.length, at)) }
}

export interface LogLook {
  /** Whether the log holds anything that was committed, and whether SQLite sees all of it. */
  state: 'empty' | 'sound' | 'damaged'
  /** Its end is torn or damaged: nobody can tell whether that was committed. */
  hasTail: boolean
}

export function lookAtLog(logFile: string): LogLook {
  const opened = openLog(logFile)
  if (opened === null) return { state: 'empty', hasTail: false }
  fs.closeSync(opened.fd)
  const { sound, whole, hasTail } = opened.content
  if (whole !== null) return { state: 'damaged', hasTail }
  return { state: sound === null ? 'empty' : 'sound', hasTail }
}

/**
 * @param file the database; its log stands beside it
 * @param behindDamage also with what was committed behind a damaged place of the log, where there
 * is such a place
 */
export function openPages(file: string, behindDamage = false): PageFile {
  const opened = openLog(`${file}-wal`)
  const { sound, whole } = opened?.content ?? { sound: null, whole: null }
  const log: LogPages | null = behindDamage ? (whole ?? sound) : sound
  const fd = fs.existsSync(file) ? fs.openSync(file, 'r') : null
  const header = Buffer.alloc(100)
  const headerBytes = fd === null ? 0 : fs.readSync(fd, header, 0, 100, 0)
  const pageSize = pageSizeOf(header.subarray(0, headerBytes), log)
  const bytes = fd === null ? 0 : fs.fstatSync(fd).size
  const pageCount = Math.max(log?.pageCount ?? 0, Math.ceil(bytes / pageSize))

  const page = (number: number): Buffer | null => {
    if (!Number.isInteger(number) || number < 1 || number > pageCount) return null
    const into = Buffer.alloc(pageSize)
    const inLog = log?.offsets.get(number)
    if (opened !== null && inLog !== undefined) {
      return fs.readSync(opened.fd, into, 0, pageSize, inLog) === pageSize ? into : null
    }
    if (fd === null) return null
    // The last page of a truncated file may be a part of one: its beginning is better than nothing.
    return fs.readSync(fd, into, 0, pageSize, (number - 1) * pageSize) === 0 ? null : into
  }
  return { pageSize, pageCount, page, pointer: pointerMap(pageSize, page), close }

  function close(): void {
    if (fd !== null) fs.closeSync(fd)
    if (opened !== null) fs.closeSync(opened.fd)
  }
}

/** Pointer map pages follow each other at equal distances from page 2 on (file format §1.8). */
function pointerMap(
  pageSize: number,
  page: (number: number) => Buffer | null,
): PageFile['pointer'] {
  const perMap = Math.floor(pageSize / 5)
  let cached: { number: number; page: Buffer | null } = { number: 0, page: null }
  return (number) => {
    if (number < 3) return null
    const map = Math.floor((number - 2) / (perMap + 1)) * (perMap + 1) + 2
    if (map === number) return null
    if (cached.number !== map) cached = { number: map, page: page(map) }
    const at = (number - map - 1) * 5
    if (cached.page === null || at + 5 > cached.page.length) return null
    return { kind: cached.page.readUInt8(at), parent: cached.page.readUInt32BE(at + 1) }
  }
}
