import { HIDDEN, type Match } from './match.ts'

/** RFC 7468 section 10 and 11, PGP (RFC 9580 section 6.2), OpenSSH and the older kinds of OpenSSL. */
const BEGIN = /-----BEGIN ([A-Z\d ]{0,24})PRIVATE KEY( BLOCK)?-----/g
const KEY_TEXT = /[A-Za-z\d+/]{24}/
/** Headers of a PEM stand before its text. */
const LOOKED_AT = 240
/** Nobody sends more headings than this. */
const MOST_LOOKED_AT = 500

/** Private keys in PEM, and what wraps like it. */
export function findPemKeys(text: string, limit: number): Match[] {
  const found: Match[] = []
  if (!text.includes('PRIVATE KEY')) return found
  let seen = 0
  for (const begin of text.matchAll(BEGIN)) {
    if (found.length >= limit || seen++ >= MOST_LOOKED_AT) break
    const start = begin.index + begin[0].length
    // A heading alone, as in documentation, is no key.
    if (!KEY_TEXT.test(text.slice(start, start + LOOKED_AT))) continue
    const kind = begin[2] ? 'PGP' : (begin[1] ?? '').trim()
    const sealed = kind === 'ENCRYPTED' || /ENCRYPTED/.test(text.slice(start, start + LOOKED_AT))
    const named = kind === '' || kind === 'ENCRYPTED' ? '' : `${kind}, `
    const sentence = `A private key (${named}PEM)${sealed ? ', sealed with a passphrase' : ''}.`
    const preview = `${begin[0]}…`
    const closing = text.indexOf('-----END', start)
    const end = closing < 0 ? start : closing
    found.push({ code: 'private-key', index: begin.index, end, sentence, preview })
  }
  return found
}

/** The member that makes a JWK private, by its `kty` (RFC 7518 section 6, RFC 8037 section 2). */
export function privateMember(kty: string): string | null {
  if (kty === 'oct') return 'k'
  return kty === 'RSA' || kty === 'EC' || kty === 'OKP' ? 'd' : null
}

export function jwkFinding(kty: string): Pick<Match, 'code' | 'sentence' | 'preview'> {
  const what = kty === 'oct' ? 'A symmetric key' : `A private key (${kty})`
  return { code: 'private-key', sentence: `${what} as a JSON Web Key.`, preview: HIDDEN }
}
