import type { RawHeader } from '#contract/http.ts'
import type { CurlArgument } from './curl-arguments.ts'
import type { CurlEffect } from './curl-options.ts'
import { quoted, trimBlanks } from './head-lines.ts'
import { parseUrl } from './parse-url.ts'
import type { Parsed, ParseProblem } from './parsed-request.ts'

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

type OwnHeader = 'authorization' | 'user-agent' | 'range' | 'referer'

/** Gathers what the options say and builds the request as curl would. Strings hold one byte per code unit. */
export class CurlRequest {
  private readonly notices: string[] = []
  private readonly urls: string[] = []
  private readonly cookies: string[] = []
  /** In order; an empty value was asked for by `-H 'Name;'`. */
  private readonly headers: RawHeader[] = []
  /** Lower-case names that `-H 'Name:'` takes away from curl's own headers. */
  private readonly removed = new Set<string>()
  private readonly own = new Map<OwnHeader, string>()
  private method: string | null = null
  private data: string | null = null
  private json = false
  private get = false
  private head = false
  private pathAsIs = false
  private httpVersion = '1.1'

  /** Takes one option into account; returns a sentence when it cannot be followed. */
  apply(argument: CurlArgument): string | null {
    return this.effects[argument.effect](argument)
  }

  private readonly effects: Record<CurlEffect, (argument: CurlArgument) => string | null> = {
    request: ({ value }) => {
      if (!token.test(value)) return `${quoted(value)} is not a request method.`
      this.method = value
      return null
    },
    header: ({ value }) => this.addHeader(value),
    data: (argument) => this.addUnlessFile(argument, '&'),
    json: (argument) => {
      this.json = true
      return this.addUnlessFile(argument, '')
    },
    'data-raw': ({ value }) => this.addData(value, '&'),
    'data-urlencode': ({ spelled, value }) => this.addEncoded(spelled, value),
    url: ({ value }) => this.add(this.urls, value),
    cookie: ({ spelled, value }) =>
      value.includes('=') ? this.add(this.cookies, value) : readsFile(spelled, value),
    user: ({ value }) => this.setUser(value),
    bearer: ({ value }) => this.setOwn('authorization', `Bearer ${value}`),
    'user-agent': ({ value }) => this.setOwn('user-agent', value),
    range: ({ value }) => this.setOwn('range', `bytes=${value}`),
    referer: ({ value }) => this.setOwn('referer', value.replace(/;auto$/, '')),
    get: () => {
      this.get = true
      return null
    },
    head: () => {
      this.head = true
      return null
    },
    'path-as-is': () => {
      this.pathAsIs = true
      return null
    },
    'http-version': ({ spelled }) => {
      this.httpVersion = spelled.endsWith('2') ? '2' : spelled.endsWith('0') ? '1.0' : '1.1'
      return null
    },
    unsupported: ({ spelled }) =>
      `What ${spelled} sends cannot be known here; give the body with --data-raw.`,
  }

  /** @returns the request, or why there is none */
  build(): Parsed | ParseProblem {
    const [first, ...more] = this.urls
    if (first === undefined) return { problem: 'The curl command names no URL.' }
    if (more.length > 0) this.notices.push('Only the first URL of the command is read.')
    // curl assumes http:// where the scheme is missing.
    const text = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(first) ? first : `http://${first}`
    const url = parseUrl(text)
    if (!url || !/^https?:$/.test(url.protocol)) {
      return { problem: `${quoted(first)} is not an http:// or https:// URL.` }
    }
    if (/[\0-\x20\x7f]/.test(first))
      return { problem: `${quoted(first)} holds a blank; curl refuses it.` }
    const sendsData = this.data !== null && !this.get
    if (sendsData && this.head && this.method === null) {
      return { problem: 'curl takes -I and a body only one at a time.' }
    }
    const body = Buffer.from(sendsData ? (this.data ?? '') : '', 'latin1')
    return {
      request: {
        method: this.method ?? (this.head ? 'HEAD' : sendsData ? 'POST' : 'GET'),
        target: this.target(text, url),
        httpVersion: this.httpVersion,
        rawHeaders: this.rawHeaders(url, sendsData ? body.length : null),
        rawTrailers: [],
        body,
      },
      notices: this.notices,
    }
  }

  private addHeader(line: string): string | null {
    if (line.startsWith('@')) return readsFile('-H', line.slice(1))
    const match = /^([^:;]+)([:;])([\s\S]*)$/.exec(line)
    const name = trimBlanks(match?.[1] ?? '')
    if (!match || !token.test(name)) return `${quoted(line)} is not a header; it needs a colon.`
    const value = trimBlanks(match[3] ?? '')
    if (/[\r\n\0]/.test(value)) return `The header ${quoted(name)} holds a line break.`
    if (match[2] === ';') {
      if (value !== '') return `${quoted(line)} is not a header; it needs a colon.`
      this.headers.push([name, ''])
    } else if (value === '') {
      this.removed.add(name.toLowerCase())
      this.notices.push(`-H “${name}:” takes the header away; write “${name};” for an empty one.`)
    } else this.headers.push([name, value])
    return null
  }

  private addUnlessFile({ spelled, value }: CurlArgument, separator: string): string | null {
    return value.startsWith('@')
      ? readsFile(spelled, value.slice(1))
      : this.addData(value, separator)
  }

  private add(list: string[], value: string): null {
    list.push(value)
    return null
  }

  private setOwn(name: OwnHeader, value: string): null {
    if (/[\r\n\0]/.test(value)) {
      this.notices.push(`The value of ${name} holds a line break, which is left out.`)
    }
    this.own.set(name, value.replace(/[\r\n\0]/g, ''))
    return null
  }

  private addData(piece: string, separator: string): null {
    this.data = this.data === null ? piece : this.data + separator + piece
    return null
  }

  /** `content`, `=content` and `name=content`; the name is taken as encoded already. */
  private addEncoded(spelled: string, value: string): string | null {
    const split = /^([^=@]*)([=@])([\s\S]*)$/.exec(value)
    if (split?.[2] === '@') return readsFile(spelled, split[3] ?? '')
    const name = split?.[1] ?? ''
    const encoded = percentEncode(split ? (split[3] ?? '') : value)
    return this.addData(name === '' ? encoded : `${name}=${encoded}`, '&')
  }

  private setUser(value: string): null {
    if (!value.includes(':')) {
      this.notices.push('-u has no password; curl would ask for it, an empty one is assumed.')
    }
    const credentials = value.includes(':') ? value : `${value}:`
    const encoded = Buffer.from(credentials, 'latin1').toString('base64')
    return this.setOwn('authorization', `Basic ${encoded}`)
  }

  /** Path and query as written (`URL` would normalise them); -G puts the data into the query. */
  private target(text: string, url: URL): string {
    const written = /^[^:]+:\/\/[^/?#]*([^#]*)/.exec(text)?.[1] ?? ''
    const rooted = written.startsWith('/') ? written : `/${written}`
    const dotted = /\/\.{1,2}(?:[/?]|$)/.test(rooted.replace(/\?.*$/s, '?'))
    const query = rooted.includes('?') ? rooted.slice(rooted.indexOf('?')) : ''
    const safe = dotted && !this.pathAsIs ? url.pathname + query : rooted
    if (!this.get || this.data === null || this.data === '') return safe
    const separator = safe.includes('?') ? (/[?&]$/.test(safe) ? '' : '&') : '?'
    return safe + separator + this.data
  }

  /** curl's order: its own headers, then those of -H, then the length and type of the data. */
  private rawHeaders(url: URL, dataLength: number | null): RawHeader[] {
    const headers: RawHeader[] = []
    this.addOwn(headers, 'Host', url.host)
    this.addOwn(headers, 'Authorization', this.own.get('authorization') ?? userOf(url))
    this.addOwn(headers, 'Range', this.own.get('range'))
    this.addOwn(headers, 'User-Agent', this.own.get('user-agent'))
    if (!this.json) this.addOwn(headers, 'Accept', '*/*')
    this.addOwn(headers, 'Referer', this.own.get('referer'))
    this.addOwn(headers, 'Cookie', this.cookies.join(';').replace(/[\r\n\0]/g, ''))
    headers.push(...this.headers.filter(([name]) => name.toLowerCase() !== 'host'))
    if (this.json) {
      this.addOwn(headers, 'Content-Type', 'application/json')
      this.addOwn(headers, 'Accept', 'application/json')
    }
    if (dataLength === null) return headers
    this.addOwn(headers, 'Content-Length', String(dataLength))
    if (!this.json) this.addOwn(headers, 'Content-Type', 'application/x-www-form-urlencoded')
    return headers
  }

  /** A header of curl's own, unless -H sets it or takes it away. -H Host stands in Host's place. */
  private addOwn(headers: RawHeader[], name: string, value: string | undefined): void {
    const lower = name.toLowerCase()
    const given = this.headers.find(([other]) => other.toLowerCase() === lower)
    if (given) {
      if (lower === 'host') headers.push(given)
      return
    }
    if (value === undefined || value === '' || this.removed.has(lower)) return
    headers.push([name, value])
  }
}

function userOf(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined
  const user = `${decode(url.username)}:${decode(url.password)}`
  return `Basic ${Buffer.from(user, 'utf8').toString('base64')}`
}

function decode(text: string): string {
  return Buffer.from(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  ).toString('utf8')
}

/** curl escapes everything but RFC 3986's unreserved characters, and a space as plus. */
function percentEncode(bytes: string): string {
  return bytes
    .replace(/[^A-Za-z0-9\-._~ ]/g, (character) => {
      const hex = character.charCodeAt(0).toString(16).toUpperCase()
      return `%${hex.padStart(2, '0')}`
    })
    .replaceAll(' ', '+')
}

function readsFile(spelled: string, name: string): string {
  return `${spelled} reads ${quoted(name)}, which is not here: paste its contents in its place.`
}
