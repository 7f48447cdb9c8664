import type { SchemeInfo } from '#contract/endpoint.ts'
import { isLoopback } from '#renderer/settings/listener-words.ts'

/** What a provider says about the URL that is about to be copied. */
export interface NeedsSaid {
  sentence: string
  /** This URL will do. */
  met: boolean
}

/**
 * Whether a provider takes a URL; `null`: it says nothing about URLs.
 * @param url that one would copy; `null`: there is none
 */
export function needsSaid(
  scheme: Pick<SchemeInfo, 'urlNeeds'> | undefined,
  url: string | null,
): NeedsSaid | null {
  const needs = scheme?.urlNeeds
  if (!needs) return null
  const { sentence } = needs
  if (url === null) return { sentence, met: false }
  const { protocol, hostname } = new URL(url)
  const secure = !needs.https || protocol === 'https:'
  return { sentence, met: secure && !(needs.public && isPrivate(hostname)) }
}

/** Names and addresses that no provider on the internet reaches (RFC 1918, RFC 4193, RFC 6762). */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isLoopback(host) || /^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./.test(host)) {
    return true
  }
  return (
    /^f[cd][0-9a-f]{2}:|^fe80:/i.test(host) ||
    /(?:^|\.)(?:local|localhost|test|internal)$/i.test(host)
  )
}
