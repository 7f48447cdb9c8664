/** Short texts stand by chance in too many places; secrets of such length are tests. */
const SHORTEST_SECRET = 6
const LONGEST_TEXT = 2_000
const MASK = '[…]'

/** What is quoted in an error is what it was about: a piece of a body, a value, a token. */
const QUOTED = /"[^"\n]{3,}"|'[^'\n]{3,}'|`[^`\n]{3,}`|“[^”\n]{3,}”/g
/** Base64, hex and the like in one piece: a signature, a token, a key. */
const TOKEN = /(?<![\w+/=.-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+=-]{20,}/g
const QUERY = /\?[^\s"'<>)]+/g
const CREDENTIALS_IN_URL = /\/\/[^\s/@]+@/g

/** Every known secret text, for what names of them may stand anywhere. */
export type KnownSecrets = () => readonly string[]

/** Takes known secrets out of a text, and what looks like one, queries and quoted values with it. */
export function scrubText(text: string, known: readonly string[]): string {
  return withoutKnown(text, known)
    .slice(0, LONGEST_TEXT)
    .replace(QUERY, `?${MASK}`)
    .replace(CREDENTIALS_IN_URL, `//${MASK}@`)
    .replace(TOKEN, MASK)
}

export function withoutKnown(text: string, known: readonly string[]): string {
  return known
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((rest, secret) => rest.replaceAll(secret, MASK), text)
}

export interface ErrorFacts {
  name: string
  message: string
  code?: string
  stack: string[]
  cause?: ErrorFacts
}

const MOST_FRAMES = 20
const MOST_CAUSES = 3

/**
 * What a log may say of an error: its kind, its message without anything quoted, and where it came
 * from. Other members (inputs, responses, queries) are left out: they are what it failed over.
 */
export function errorFacts(error: unknown, known: readonly string[], depth = 0): ErrorFacts {
  if (!(error instanceof Error)) {
    return { name: typeof error, message: safeMessage(String(error), known), stack: [] }
  }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause =
    error.cause === undefined || depth >= MOST_CAUSES
      ? {}
      : { cause: errorFacts(error.cause, known, depth + 1) }
  return {
    name: error.name,
    // A parser's message repeats what it could not read.
    message: error instanceof SyntaxError ? MASK : safeMessage(error.message, known),
    ...code,
    stack: framesOf(error, known),
    ...cause,
  }
}

function safeMessage(message: string, known: readonly string[]): string {
  return scrubText(message.replace(QUOTED, MASK), known)
}

/** The frames alone: a stack begins with the message. */
function framesOf({ stack = '' }: Error, known: readonly string[]): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => withoutKnown(line.trim(), known))
}
