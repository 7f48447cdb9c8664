/**
 * A literal text in PowerShell: between single quotes nothing acts, and a single quote is written
 * twice (about_Quoting_Rules). Only printable ASCII: PowerShell takes several Unicode quotes for
 * quotes too, Windows PowerShell 5.1 reads a script without a byte order mark in the system's code
 * page, and a line break would depend on how the file was saved.
 */
export function powershellQuote(text: string): string {
  if (!isPrintable(text)) throw new RangeError('Only printable ASCII stands in these quotes.')
  return `'${text.replaceAll("'", "''")}'`
}

export function isPrintable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

/**
 * Whether a text reaches a program as its argument the same from Windows PowerShell 5.1 and from
 * PowerShell 7 (about_Parsing, "Passing arguments that contain quote characters"): 5.1 and 7.2 do not
 * escape the quotes within, 7.3 and later do, so there must be none; an empty one is dropped by 5.1;
 * a backslash counts only before a quote, also before the one that is put behind it.
 */
export function isPlainArgument(text: string): boolean {
  return text !== '' && isPrintable(text) && !/["\\]/.test(text)
}
