import type { World } from './world.ts'

/** What of the answer to a valid delivery tells why it was refused. */
interface Refusal {
  status: number | null
  error: string | null
}

/** Why a valid delivery is not accepted, most likely, and what to look at; a few sentences. */
export function whyRefused({ scheme, url }: World, { status, error }: Refusal): string {
  if (status === null) {
    const what = error ?? 'No answer came.'
    if (what.includes('connection refused'))
      return `${what} Start the handler, or correct the port.`
    return `${what} Look at the log of the handler.`
  }
  const answered = `The handler answers a valid ${scheme.name} delivery with ${status}.`
  return `${answered} ${hint(status, new URL(url).pathname)}`
}

function hint(status: number, path: string): string {
  if (status === 404) return `There is probably no route for POST ${path}: check the path.`
  if (status === 405) return `It does not take POST at ${path}: check the path.`
  if (status === 413) return 'Its limit for bodies is smaller than this one.'
  if (status === 415) return 'It does not take this Content-Type: read the body raw.'
  if (status >= 300 && status < 400) {
    return 'It redirects, and providers do not follow that: give the address that it redirects to.'
  }
  if (status >= 500) return 'Something threw: look at its log.'
  if (status === 429) return 'It limits how often it is called.'
  return 'Most likely its secret is another one than the one given here; else it checks the parsed body instead of the raw bytes, or wants a header that was not sent. Look at its log.'
}
