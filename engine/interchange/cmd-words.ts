import type { ShellWords } from './shell-words.ts'

/** Browsers' "Copy as cURL (cmd)" and hand-written Windows commands escape with a caret. */
export function looksLikeCmd(text: string): boolean {
  return /\^["'\\{}]|\^\r?\n/.test(text) && !/\\\r?\n/.test(text)
}

/**
 * Splits a line of Windows' cmd.exe into words: first cmd's carets and quotes, then the rules by
 * which programs split their command line (Microsoft, "Parsing C command-line arguments").
 *
 * @param text one code unit per byte
 */
export function cmdWords(text: string): ShellWords | { problem: string } {
  return splitArguments(undoCarets(text))
}

interface CommandLine {
  text: string
  notices: string[]
}

/** A caret outside quotes escapes the next character; before a line end it joins the lines. */
function undoCarets(text: string): CommandLine {
  const parts: string[] = []
  let quoted = false
  let at = 0
  for (; at < text.length; at++) {
    const character = text.charAt(at)
    if (!quoted && character === '^') {
      const next = /^\^(\r?\n)?([\s\S]?)/.exec(text.slice(at, at + 4))
      const lineEnd = next?.[1] ?? ''
      const escaped = next?.[2] ?? ''
      // After a continuation the first character of the next line is escaped too: a line end.
      const keepsNext = lineEnd === '' || escaped === '\n'
      if (keepsNext) parts.push(escaped)
      at += lineEnd.length + (keepsNext ? escaped.length : 0)
      continue
    }
    if (character === '"') quoted = !quoted
    const ends = !quoted && (character === '\n' || '|&<>'.includes(character))
    if (ends && parts.some((part) => part.trim() !== '')) break
    parts.push(character)
  }
  const notices = text.slice(at).trim() === '' ? [] : ['What follows the curl command is left out.']
  return { text: parts.join(''), notices }
}

function splitArguments(line: CommandLine): ShellWords | { problem: string } {
  const words: string[] = []
  let parts: string[] | null = null
  let quoted = false
  const token = /(\\*)"|\\+|[\s\S]/g
  for (const match of line.text.matchAll(token)) {
    const [piece] = match
    const backslashes = match[1]
    if (backslashes !== undefined) {
      // Backslashes before a quote count in pairs; an odd one escapes the quote.
      parts ??= []
      parts.push('\\'.repeat(Math.floor(backslashes.length / 2)))
      if (backslashes.length % 2 === 1) parts.push('"')
      else quoted = !quoted
    } else if (!quoted && /^\s$/.test(piece)) {
      if (parts !== null) words.push(parts.join(''))
      parts = null
    } else {
      parts ??= []
      parts.push(piece)
    }
  }
  if (quoted) return { problem: 'A double quote is not closed.' }
  if (parts !== null) words.push(parts.join(''))
  return { words, notices: line.notices }
}
