/** Where markup stops being well formed. */
export interface XmlProblem {
  line: number
  column: number
  offset: number
  sentence: string
}

export interface XmlLayout {
  text: string
  problem: XmlProblem | null
}

/** Doctype, tag, or the text between them (XML 1.0, section 2.4). */
const PIECE =
  /<![A-Za-z](?:[^<>"'[\]]|"[^"]*"|'[^']*'|\[[^\]]*\])*>|<\/?[^\s<>/!?="']+(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+|</y
/** What ends only with these, whatever stands between. */
const ENDINGS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const
/** Looking for the end of a tag that has none takes long; after so many the rest is left as it is. */
const MOST_STRAY = 50
const DEEPEST_INDENT = 60

interface Piece {
  kind: 'open' | 'close' | 'alone' | 'text' | 'stray'
  /** As it stood; text without the space around it. */
  text: string
  offset: number
  name: string
}

function pieceOf(text: string, offset: number): Piece {
  const name = /^<\/?([^\s<>/]+)/.exec(text)?.[1] ?? ''
  if (text === '<') return { kind: 'stray', text, offset, name: '' }
  if (!text.startsWith('<')) return { kind: 'text', text: text.trim(), offset, name: '' }
  if (/^<[!?]/.test(text) || text.endsWith('/>')) return { kind: 'alone', text, offset, name }
  return { kind: text.startsWith('</') ? 'close' : 'open', text, offset, name }
}

class Layout {
  readonly lines: string[] = []
  readonly open: Piece[] = []
  problem: { offset: number; sentence: string } | null = null

  put(text: string): void {
    this.lines.push('  '.repeat(Math.min(this.open.length, DEEPEST_INDENT)) + text)
  }

  fail(offset: number, sentence: string): void {
    this.problem ??= { offset, sentence }
  }

  close(piece: Piece): void {
    const top = this.open[this.open.length - 1]
    if (top?.name === piece.name) this.open.pop()
    else if (top) this.fail(piece.offset, `</${piece.name}> closes what <${top.name}> opened.`)
    else this.fail(piece.offset, `</${piece.name}> closes what nothing opened.`)
    this.put(piece.text)
  }
}

/**
 * XML with a line for each element and two spaces of indent. Nothing is interpreted: no entity is
 * expanded, nothing is fetched, and what is not well formed is laid out as far as it goes. Space
 * between elements is not kept.
 */
export function layOutXml(text: string): XmlLayout {
  const layout = new Layout()
  const pieces = readPieces(text)
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at]
    if (!piece) break
    const [next, after] = [pieces[at + 1], pieces[at + 2]]
    if (piece.kind === 'open') {
      if (next?.kind === 'close' && next.name === piece.name) {
        layout.put(piece.text + next.text)
        at += 1
      } else if (next?.kind === 'text' && after?.kind === 'close' && after.name === piece.name) {
        layout.put(piece.text + next.text + after.text)
        at += 2
      } else {
        layout.put(piece.text)
        layout.open.push(piece)
      }
    } else if (piece.kind === 'close') layout.close(piece)
    else {
      if (piece.kind === 'stray') layout.fail(piece.offset, 'This tag does not end.')
      layout.put(piece.text)
    }
  }
  const left = layout.open[layout.open.length - 1]
  if (left) layout.fail(left.offset, `<${left.name}> is never closed.`)
  return { text: layout.lines.join('\n'), problem: located(text, layout.problem) }
}

function readPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let stray = 0
  for (let at = 0; at < text.length;) {
    const end = stray < MOST_STRAY ? endOfPiece(text, at) : text.length
    const piece = pieceOf(text.slice(at, end), at)
    if (piece.kind === 'stray') stray += 1
    if (piece.text !== '') pieces.push(piece)
    at = end
  }
  return pieces
}

function endOfPiece(text: string, at: number): number {
  for (const [start, ending] of ENDINGS) {
    if (!text.startsWith(start, at)) continue
    const found = text.indexOf(ending, at + start.length)
    return found < 0 ? at + 1 : found + ending.length
  }
  PIECE.lastIndex = at
  return PIECE.test(text) ? PIECE.lastIndex : at + 1
}

function located(text: string, problem: Layout['problem']): XmlProblem | null {
  if (!problem) return null
  const before = text.slice(0, problem.offset)
  return {
    ...problem,
    line: before.split('\n').length,
    column: problem.offset - (before.lastIndexOf('\n') + 1) + 1,
  }
}

/** Whether a text is markup: it begins with a tag, a declaration or a comment. */
export function looksLikeXml(start: string): boolean {
  return /^\uFEFF?\s*<(?:[?!]|[A-Za-z_])/.test(start)
}
