import { parse, stringify } from 'node:querystring'
import type { Part } from '#engine/signatures/claims.ts'
import { publicUrl } from '#engine/signatures/url.ts'
import { sortedForm } from './sorted-form.ts'
import type { Procedure, ProcedureInput } from './procedure.ts'

/**
 * Twilio: the URL with its query, then every form parameter, sorted. The provider's library tries
 * the URL with and without its port, as received and as `new URL()` writes it, the latter also with
 * its query written anew. Source: twilio 6.2.0, lib/webhooks/webhooks.js.
 */
export const twilioForm: Procedure = {
  readsBody: true,
  claims(input) {
    const { body, head } = input
    const isForm = head.method !== 'GET' && body !== null && body.bytes.byteLength > 0
    const form = isForm ? sortedForm(body.form) : ''
    return [{ signatures: input.reading.header.signatures, contents: overUrls(input, form) }]
  },
}

/** The signed text for every way of writing the URL; the way it was received first. */
export function overUrls({ head, settings }: ProcedureInput, after: string): Part[][] {
  return urlForms(publicUrl(head, settings)).map((url) => [
    { kind: 'url', from: null, text: url },
    ...(after === '' ? [] : [{ kind: 'form' as const, from: 'body', text: after }]),
  ])
}

/** Without and with the port, as received and normalised; no two alike. */
export function urlForms(url: string): string[] {
  const forms = [withoutPort(url), withPort(url)]
  const normalised = normalise(url)
  if (normalised !== null) {
    const both = [withoutPort(normalised), withPort(normalised)]
    forms.push(...both, ...both.map(legacyQuery))
  }
  // As received first: that is what we sign.
  return [...new Set([url, ...forms])].filter((form) => form === url || form !== '')
}

function normalise(url: string): string | null {
  try {
    return new URL(url).toString()
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function splitUrl(url: string) {
  const found = /^(https?:\/\/)([^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(:\d*)?(.*)$/is.exec(url)
  if (!found) return null
  const [, scheme = '', userInfo = '', host = '', port = '', rest = ''] = found
  return { scheme, userInfo, host, port, rest }
}

function withoutPort(url: string): string {
  const parts = splitUrl(url)
  return parts ? parts.scheme + parts.userInfo + parts.host + parts.rest : url
}

function withPort(url: string): string {
  const parts = splitUrl(url)
  if (!parts || parts.port) return url
  const port = parts.scheme.toLowerCase() === 'https://' ? ':443' : ':80'
  return parts.scheme + parts.userInfo + parts.host + port + parts.rest
}

function legacyQuery(url: string): string {
  const at = url.indexOf('?')
  if (at === -1 || at === url.length - 1) return url
  return `${url.slice(0, at)}?${stringify(parse(url.slice(at + 1)))}`
}
