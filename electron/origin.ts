/** The page's own origin: a scheme that only this program serves, never the network. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'countersign'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/**
 * Whether `text` is a URL of the page's own origin. Compared part by part after parsing: a
 * prefix test would also let `app://countersign.example/` through.
 */
export function isAppUrl(text: string): boolean {
  const url = parseUrl(text)
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.hostname === APP_HOST &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}

/** Whether `text` is the one document that windows show; only its fragment may differ. */
export function isAppDocument(text: string): boolean {
  const url = parseUrl(text)
  return url !== null && isAppUrl(text) && url.pathname === '/' && url.search === ''
}

/** `null`: not an absolute URL. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    // The only error that the URL constructor has is "not a URL".
    return null
  }
}
