/** What is wrong with a template, and at which UTF-16 unit of its text. */
export interface TemplateProblem {
  problem: string
  at: number
}

/** A word of an expression, and where it stands in the template. */
export interface Token {
  text: string
  quoted: boolean
  at: number
}

/** What stands between `{{` and `}}`: words, in groups parted by `|`. */
export interface ExpressionText {
  at: number
  groups: readonly (readonly Token[])[]
}

const OPEN = '{{'
const TOKEN = /\s+|(\|)|(\}\})|"((?:[^"\\]|\\.)*)"|((?:(?!\}\})[^\s|"])+)/suy

/** Parts plain text from expressions; says where one does not end. */
export function splitTemplate(
  text: string,
): { pieces: (string | ExpressionText)[] } | TemplateProblem {
  const pieces: (string | ExpressionText)[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf(OPEN, at)
    if (open === -1) break
    if (open > at) pieces.push(text.slice(at, open))
    const read = readTokens(text, open)
    if ('problem' in read) return read
    pieces.push({ at: open, groups: read.groups })
    at = read.end
  }
  if (at < text.length) pieces.push(text.slice(at))
  return { pieces }
}

function readTokens(
  text: string,
  open: number,
): { groups: readonly Token[][]; end: number } | TemplateProblem {
  let group: Token[] = []
  const groups = [group]
  let at = open + OPEN.length
  while (at < text.length) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found) return { problem: 'This quotation mark has no end.', at }
    const [whole, bar, close, quoted, plain] = found
    if (close !== undefined) return { groups, end: at + close.length }
    if (bar !== undefined) groups.push((group = []))
    else if (quoted !== undefined) {
      group.push({ text: quoted.replace(/\\(.)/gsu, '$1'), quoted: true, at })
    } else if (plain !== undefined) group.push({ text: plain, quoted: false, at })
    at += whole.length
  }
  return { problem: 'This {{ has no }} after it. To write {{ itself: {{"{{"}}.', at: open }
}
