import { timingSafeEqual } from 'node:crypto'
import type { CapturedHead } from './types.ts'

/**
 * The target behind the path token, such as `/stripe?x=1` of `/TOKEN/stripe?x=1`; `null`: the token
 * is not there. Compared in constant time: senders may guess as often as they like.
 */
export function behindToken(target: string, token: string): string | null {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? ''
  const path = target.slice(origin.length)
  const [given, wanted] = [Buffer.from(path.slice(0, token.length + 1)), Buffer.from(`/${token}`)]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
  const rest = path.slice(token.length + 1)
  if (rest === '') return `${origin}/`
  if (rest.startsWith('/')) return origin + rest
  return rest.startsWith('?') ? `${origin}/${rest}` : null
}

/** The head as everything behind the door sees it; `null`: it does not come in. */
export function admitted(head: CapturedHead, token: string | null): CapturedHead | null {
  if (token === null) return head
  const target = behindToken(head.target, token)
  return target === null ? null : { ...head, target, prefix: `/${token}` }
}
