import { schemes } from '#engine/signatures/catalogue.ts'
import { parseUrl } from './origin.ts'

/**
 * Whether the browser may be sent to `text`: https, without credentials or a port, and a host
 * among `hosts`, compared whole after parsing.
 *
 * @returns the URL to open, `null`: refused
 */
export function allowedLink(text: string, hosts: ReadonlySet<string>): string | null {
  const url = parseUrl(text)
  if (url === null || url.protocol !== 'https:') return null
  if (url.username !== '' || url.password !== '' || url.port !== '') return null
  return hosts.has(url.hostname) ? url.href : null
}

/** The hosts on which the schemes that are built in are documented. */
export function documentationHosts(): ReadonlySet<string> {
  return new Set(schemes.map((scheme) => new URL(scheme.documentationUrl).hostname))
}
