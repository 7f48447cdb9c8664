import type { Scheme } from '#contract/scheme.ts'
import type { RequestHead, Settings } from './types.ts'
import { publicUrl } from './url.ts'

/**
 * The settings with the URL that was called in those of the kind `url` that are not given, such as
 * Square's notification URL: only where how the request came here is known to be by a public URL.
 * `publicUrl` is left out, since its absence already means that.
 */
export function withCalledUrl(scheme: Scheme, head: RequestHead, settings: Settings): Settings {
  const { cameThrough } = head
  if (!cameThrough || cameThrough.by === 'listener') return settings
  const absent = (scheme.settings ?? []).filter(
    ({ name, kind }) => kind === 'url' && name !== 'publicUrl' && !settings[name],
  )
  if (absent.length === 0) return settings
  const called = publicUrl(head, {})
  return { ...settings, ...Object.fromEntries(absent.map(({ name }) => [name, called])) }
}
