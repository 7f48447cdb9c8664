/** Puts so many spaces before every line that is not empty. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by))
}

/** Joins stretches of code; those that are not needed are `null` or empty. */
export function lines(...parts: (string | null | false)[]): string {
  return parts.filter((part) => part !== null && part !== false && part !== '').join('\n')
}

/** Stretches with an empty line between them. */
export function blocks(...parts: (string | null | false)[]): string {
  return parts.filter((part) => part !== null && part !== false && part !== '').join('\n\n')
}

export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}

/** A text as a literal in double quotes, in the escapes that C-like languages share. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** The same in single quotes, where only the quote and the backslash are escaped. */
export function singleQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** The same with one tab, as Go has it. */
export function indentTabs(text: string): string {
  return text.replace(/^(?=.)/gm, '\t')
}
