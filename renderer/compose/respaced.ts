/** Lays JSON out, or takes its blanks away, leaving texts and values of the template as they are. */
export function respaced(text: string, indent: boolean): string {
  const pieces = text.match(/"(?:[^"\\]|\\.)*"|\{\{[^{}]*\}\}|[[\]{},:]|[^\s"[\]{},:]+/g) ?? []
  let depth = 0
  let made = ''
  const line = () => (indent ? `\n${'  '.repeat(depth)}` : '')
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1] ?? ''
    if (piece === '{' || piece === '[') {
      depth += 1
      made += /^[\]}]$/.test(next) ? piece : piece + line()
    } else if (piece === '}' || piece === ']') {
      depth = Math.max(0, depth - 1)
      const empty = /^[[{]$/.test(pieces[index - 1] ?? '')
      made += empty ? piece : line() + piece
    } else if (piece === ',') made += piece + line()
    else if (piece === ':') made += indent ? ': ' : ':'
    else made += piece
  })
  return made
}
