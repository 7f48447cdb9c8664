import { randomUUID } from 'node:crypto'
import type { Scheme } from '#contract/scheme.ts'
import { compile, type CompiledScheme } from './compile.ts'
import { findFirstHeader } from './headers.ts'
import { readPlace } from './place.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** A fresh message id in the provider's form; `null`: the scheme has none that stands in a header. */
export function newMessageId(scheme: Scheme): string | null {
  if (!scheme.newMessageId) return null
  if (scheme.newMessageId === 'uuid') return randomUUID()
  return scheme.newMessageId.prefix + randomUUID().replaceAll('-', '')
}

/** The id in the header that the scheme names; `null`: it has none there, or it is empty. */
export function carriedMessageId(scheme: Scheme, head: RequestHead): string | null {
  return findFirstHeader(head.rawHeaders, compile(scheme).messageIdNames)?.value || null
}

/** `write` is what goes into the header; `null` leaves the header alone. */
export function chooseMessageId(
  scheme: Scheme,
  compiled: CompiledScheme,
  head: RequestHead,
  body: WholeBody,
  messageId: string | null,
): { messageId: string | null; write: string | null } | { problem: string } {
  if (messageId !== null && !/^[\x21-\x7e]+$/.test(messageId)) {
    return { problem: 'A message id has visible ASCII characters only.' }
  }
  const place = scheme.messageId
  if (!place) {
    if (messageId === null) return { messageId: null, write: null }
    return { problem: `${scheme.name} has no message id.` }
  }
  // Every token is made anew, and its id with it unless one is given.
  if ('claim' in place) return { messageId: messageId ?? randomUUID(), write: null }
  if (!('header' in place)) {
    const present = readPlace(place, { head, body })
    if (messageId === null || messageId === present) return { messageId: present, write: null }
    return {
      problem: `${scheme.name}’s message id stands in the body; edit the body to change it.`,
    }
  }
  const present = findFirstHeader(head.rawHeaders, compiled.messageIdNames)?.value || null
  if (messageId !== null) return { messageId, write: messageId }
  if (present !== null || !compiled.needsMessageId) return { messageId: present, write: present }
  const fresh = newMessageId(scheme)
  if (fresh === null) return { problem: `${scheme.name} needs a message id.` }
  return { messageId: fresh, write: fresh }
}
