import type { JsonNode } from '#renderer/body/json-parse.ts'

/** The value without whitespace, spelled as it came; at least the first `enough` characters. */
export function jsonStart(node: JsonNode, enough: number): string {
  let text = ''
  const write = (value: JsonNode): void => {
    if (text.length > enough) return
    if (value.kind === 'object') {
      text += '{'
      value.entries.forEach((entry, index) => {
        if (text.length > enough) return
        text += `${index === 0 ? '' : ', '}${entry.keySource}: `
        write(entry.value)
      })
      text += '}'
    } else if (value.kind === 'array') {
      text += '['
      value.items.forEach((item, index) => {
        if (text.length > enough) return
        if (index > 0) text += ', '
        write(item)
      })
      text += ']'
    } else {
      text += value.source
    }
  }
  write(node)
  return text
}
