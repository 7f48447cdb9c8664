/** Beside letters and digits, what neither cmd nor a program's own splitting takes for anything. */
const HARMLESS = /[\w./:@+-]/

/**
 * A text as one argument in a batch file of cmd.exe. First as programs split their command line
 * (Microsoft, "Parsing C command-line arguments"): in quotes, a quote as `\"`, backslashes before a
 * quote twice. Then every character that could mean something to cmd gets a caret, the quotes too, so
 * that cmd never is within quotes and nothing depends on where they pair up; a percent sign is written
 * twice, since a batch file expands variables before it looks at carets. The batch file must have
 * switched off delayed expansion, or `!` would act.
 *
 * Only printable ASCII (`RangeError`): there is no way to write a line break, and other characters
 * depend on the code page.
 */
export function cmdQuote(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new RangeError('Only printable ASCII can be quoted for cmd.')
  const argument = `"${text.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) =>
    quote === '' ? slashes + slashes : `${slashes}${slashes}\\"`,
  )}"`
  return Array.from(argument, escaped).join('')
}

function escaped(character: string): string {
  if (character === '%') return '%%'
  return character === ' ' || HARMLESS.test(character) ? character : `^${character}`
}
