import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const TOKEN_LIFETIME_MS = 3_600_000
const MOST_TOKENS = 64
const MOST_SESSIONS = 64

export interface Access {
  /** A link token: 256 bits, good once, for an hour. */
  newToken(): string
  /** Turns a link token into a session, whose value goes into the cookie; `null` when it is not good. */
  redeem(token: string): string | null
  isSession(value: string): boolean
  /** For scripts, good until the server ends. */
  apiToken: string
  isApiToken(value: string): boolean
}

/** Who may come in. Only digests are kept, and they are compared in constant time. */
export function createAccess(now: () => number = Date.now): Access {
  const tokens: Array<{ digest: Buffer; expiresAtMs: number }> = []
  const sessions: Buffer[] = []
  const apiToken = newSecret()
  const apiDigest = digestOf(apiToken)
  return {
    apiToken,
    newToken: () => {
      const token = newSecret()
      tokens.push({ digest: digestOf(token), expiresAtMs: now() + TOKEN_LIFETIME_MS })
      if (tokens.length > MOST_TOKENS) tokens.shift()
      return token
    },
    redeem: (token) => {
      const position = indexOfDigest(
        tokens.map(({ digest }) => digest),
        digestOf(token),
      )
      const found = position === -1 ? undefined : tokens.splice(position, 1)[0]
      if (found === undefined || now() > found.expiresAtMs) return null
      const session = newSecret()
      sessions.push(digestOf(session))
      if (sessions.length > MOST_SESSIONS) sessions.shift()
      return session
    },
    isSession: (value) => indexOfDigest(sessions, digestOf(value)) !== -1,
    isApiToken: (value) => timingSafeEqual(digestOf(value), apiDigest),
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Looks at every one, so that the time taken does not tell which one it was. */
function indexOfDigest(all: readonly Buffer[], wanted: Buffer): number {
  let position = -1
  for (const [index, digest] of all.entries()) {
    if (timingSafeEqual(digest, wanted)) position = index
  }
  return position
}
