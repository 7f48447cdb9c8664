import { base64Of, wholeBytes } from './body-pieces.ts'
import { base64Lines } from './curl-bash.ts'
import { cmdQuote } from './cmd-quote.ts'
import { curlConfig, curlWords } from './curl-config.ts'
import type { CurlCall, CurlShell } from './curl-writer.ts'
import type { Warnings } from './warnings.ts'

/** A line of cmd.exe has at most 8,191 characters (Microsoft, "Command prompt line string limitation"). */
const LONGEST_LINE = 8_000
/** cmd reads a whole block of echo commands before it runs it. */
const LONGEST_WRITTEN_BODY = 1024 * 1024

/**
 * A batch file for cmd.exe. Short printable text stands quoted in the command (cmd-quote.ts); all
 * else goes in base64 into a file, which `certutil` decodes: line breaks cannot be quoted for cmd,
 * other characters depend on the code page, and a line has its limit.
 */
export const cmdShell: CurlShell = {
  fileExtension: 'cmd',
  begin: () =>
    '@echo off\r\nsetlocal DisableDelayedExpansion\r\n' +
    'rem Written by Countersign. Each call of curl sends one delivery. Save it and run it: pasted\r\n' +
    'rem into a window, percent signs would be read otherwise.\r\n\r\n',
  comment: (text) => `rem ${text}\r\n`,
  *call(call, warnings) {
    const { plan } = call
    const words = curlWords(plan)
    const body = bodyWords(call, warnings)
    const command = line(['curl.exe', ...words.map(quoted), ...body.words])
    const fits = words.every(isPrintable) && command.length <= LONGEST_LINE
    if (!fits) {
      const config = Buffer.from(`${curlConfig(plan).join('\n')}\n`, 'latin1')
      yield* decoded('config', lines64(base64Of(config)))
    }
    if (body.file) yield* decoded('body', base64Lines(call.exported))
    yield fits ? command : line(['curl.exe', '--config', file('config'), ...body.words])
    if (!fits) yield `del ${file('config')}\r\n`
    if (body.file) yield `del ${file('body')}\r\n`
    yield '\r\n'
  },
  end: () => 'endlocal\r\n',
}

interface BodyWords {
  words: string[]
  /** It is written to a file first. */
  file: boolean
}

function bodyWords({ exported, inlineBody, plan }: CurlCall, warnings: Warnings): BodyWords {
  const { body, delivery } = exported
  if (body.byteLength === 0) {
    return { words: plan.sendsEmptyBody ? ['--data-binary', '@NUL'] : [], file: false }
  }
  const text = inlineBody === null ? null : Buffer.from(wholeBytes(body)).toString('latin1')
  if (text !== null && isPrintable(text)) {
    const word = cmdQuote(text)
    if (word.length < LONGEST_LINE / 2) return { words: ['--data-raw', word], file: false }
  }
  if (body.byteLength <= LONGEST_WRITTEN_BODY) {
    return { words: ['--data-binary', `"@${path('body')}"`], file: true }
  }
  const name = `delivery-${delivery.id}.bin`
  warnings.add(
    'A body of more than 1 MiB is too long for a batch file; save it beside the file as delivery-ID.bin.',
  )
  return { words: ['--data-binary', `"@${name}"`], file: false }
}

function isPrintable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

/** Options and plain values need no quotes to be readable. */
function quoted(word: string): string {
  if (/^[\w./:-]+$/.test(word)) return word
  return isPrintable(word) ? cmdQuote(word) : ''
}

/** An option a line, with a caret before each line's end; the next line begins with a blank. */
function line(words: string[]): string {
  const joined = words.map((word, index) => (index === 0 ? word : `${separator(word)}${word}`))
  return `${joined.join('')}\r\n`
}

function separator(word: string): string {
  return word.startsWith('--') ? ' ^\r\n  ' : ' '
}

function* decoded(name: string, base64: Iterable<string>): Iterable<string> {
  // The redirection stands first, so that no digit of a line is taken for its handle.
  yield `>"${path(`${name}.b64`)}" (\r\n`
  for (const piece of base64) {
    for (const each of piece.split('\n')) if (each !== '') yield `echo ${each}\r\n`
  }
  yield ')\r\n'
  yield `certutil -f -decode "${path(`${name}.b64`)}" ${file(name)} >nul\r\n`
  yield `del "${path(`${name}.b64`)}"\r\n`
}

function* lines64(base64: string): Iterable<string> {
  yield base64.replace(/.{1,64}/g, '$&\n')
}

function path(name: string): string {
  return `%TEMP%\\countersign-${name}`
}

function file(name: string): string {
  return `"${path(name)}"`
}
