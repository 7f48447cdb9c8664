/** Ways to damage, or only to rewrite, a signed request. Each has a name that the lists refer to. */
import type { RawHeader } from '#contract/http.ts'
import type { InteropRequest } from './interop-case.ts'

export interface Mutation {
  name: string
  change: (request: InteropRequest) => InteropRequest
}

const textOf = (request: InteropRequest) => Buffer.from(request.body).toString('latin1')

/** Changes one header, where it stands. */
function onHeader(lowerName: string, change: (value: string) => string[]): Mutation['change'] {
  return (request) => ({
    ...request,
    rawHeaders: request.rawHeaders.flatMap(([name, value]): RawHeader[] =>
      name.toLowerCase() === lowerName
        ? change(value).map((each): RawHeader => [name, each])
        : [[name, value]],
    ),
  })
}

/**
 * The last character but one, replaced: a wrong signature of the right form. Not the very last,
 * whose bits may not all count in base64 (RFC 4648, 3.5).
 */
const wrong = (value: string) =>
  value.replace(/([A-Za-z0-9+/_-])([A-Za-z0-9+/_-]=*)$/, (_, one: string, rest: string) =>
    one === 'a' ? `e${rest}` : `a${rest}`,
  )

/** Entries of a list with the text between them. */
const separator = (value: string) => /, |,|;| |&/.exec(value)?.[0] ?? ','
const entries = (value: string) => value.split(separator(value))
const joined = (value: string, change: (all: string[]) => string[]) =>
  change(entries(value)).join(separator(value))

const ofValue: Record<string, (value: string) => string[]> = {
  absent: () => [],
  empty: () => [''],
  'upper case': (value) => [value.toUpperCase()],
  'lower case': (value) => [value.toLowerCase()],
  'comma after': (value) => [`${value},`],
  'comma before': (value) => [`,${value}`],
  'cut short': (value) => [value.slice(0, -1)],
  'half of it': (value) => [value.slice(0, value.length >> 1)],
  'letter after': (value) => [`${value}a`],
  'not ASCII after': (value) => [`${value}é`],
  'padding dropped': (value) => [value.replace(/=+$/, '')],
  'padding added': (value) => [`${value}=`],
  'other alphabet': (value) => [value.replaceAll('+', '-').replaceAll('/', '_')],
  'in quotes': (value) => [`"${value}"`],
  'zero before': (value) => [`0${value}`],
  'plus before': (value) => [`+${value}`],
  'fraction after': (value) => [`${value}.0`],
  'exponent after': (value) => [`${value}e0`],
  'number rewritten': (value) => [value.replace(/\d{10,13}/, (digits) => `0${digits}`)],
  'number with a tail': (value) => [value.replace(/\d{10,13}/, (digits) => `${digits}x`)],
  'prefix dropped': (value) => [value.replace(/^[a-z0-9-]+[= ]/i, '')],
  'prefix upper case': (value) => [value.replace(/^[a-z0-9-]+[=, ]/i, (all) => all.toUpperCase())],
  'last bits changed': (value) => [wrong(value)],
  'sent twice': (value) => [value, value],
  'wrong one first': (value) => [wrong(value), value],
  'wrong one last': (value) => [value, wrong(value)],
  'entries reversed': (value) => [joined(value, (all) => all.reverse())],
  'entries doubled': (value) => [joined(value, (all) => [...all, ...all])],
  'wrong list first': (value) => [joined(value, (all) => [...all.map(wrong), ...all])],
  'wrong list last': (value) => [joined(value, (all) => [...all, ...all.map(wrong)])],
  'wrong last entry first': (value) => [
    joined(value, (all) => [...all.slice(0, -1), wrong(all.at(-1) ?? ''), all.at(-1) ?? '']),
  ],
  'wrong last entry last': (value) => [joined(value, (all) => [...all, wrong(all.at(-1) ?? '')])],
  'unknown entry first': (value) => [joined(value, (all) => ['v9=1', ...all])],
  'unknown entry last': (value) => [joined(value, (all) => [...all, 'v9=1'])],
  'empty entries': (value) => [joined(value, (all) => all.flatMap((each) => [each, '']))],
  'blanks between': (value) => [entries(value).join(`${separator(value).trim()} `)],
  'blanks around pairs': (value) => [value.replaceAll('=', ' = ')],
}

/** All that can be done to one header. */
export function headerMutations(lowerName: string): Mutation[] {
  return Object.entries(ofValue).map(([name, change]) => ({
    name,
    change: onHeader(lowerName, change),
  }))
}

function onBody(change: (text: string) => string): Mutation['change'] {
  return (request) => ({ ...request, body: Buffer.from(change(textOf(request)), 'latin1') })
}

const ofBody: Record<string, (text: string) => string> = {
  'body: line feed after': (text) => `${text}\n`,
  'body: blank before': (text) => ` ${text}`,
  'body: byte-order mark': (text) => `\u00ef\u00bb\u00bf${text}`,
  'body: not UTF-8': (text) => text.replace(/[a-z]/, '\u00ff'),
  'body: cut short': (text) => text.slice(0, -1),
  'body: empty': () => '',
  'body: blanks between tokens': (text) => text.replaceAll('":', '": '),
  'body: escaped letter': (text) => text.replace('unchanged', '\\u0075nchanged'),
  'body: a name twice': (text) => text.replace(/^\{/, '{"type":"x","text":"y","Message":"z",'),
  'body: a name twice, after': (text) => text.replace(/\}$/, ',"type":"x","text":"y"}'),
  'body: __proto__': (text) => text.replace(/\}$/, ',"__proto__":{"type":"x"}}'),
  'body: members reversed': (text) => reversed(text),
  'form: field after': (text) => `${text}&x=1`,
  'form: field without a name': (text) => `${text}&=1`,
  'form: & after': (text) => `${text}&`,
  'form: & twice': (text) => text.replace('&', '&&'),
  'form: ? before': (text) => `?${text}`,
  'form: reversed': (text) => text.split('&').reverse().join('&'),
  'form: %20 for +': (text) => text.replaceAll('+', '%20'),
  'form: + for %20': (text) => text.replaceAll('%20', '+'),
  'form: + for %2B': (text) => text.replaceAll('%2B', '+'),
  'form: lower-case percent': (text) =>
    text.replaceAll(/%[0-9A-F]{2}/g, (all) => all.toLowerCase()),
  'form: broken percent': (text) => `${text}%`,
  'form: first field twice': (text) => `${text.split('&')[0] ?? ''}&${text}`,
  'form: __proto__': (text) => `${text}&__proto__=1`,
  'form: semicolons': (text) => text.replaceAll('&', ';'),
}

function reversed(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return text
    return JSON.stringify(Object.fromEntries(Object.entries(parsed).reverse()))
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

function onUrl(change: (url: string) => string): Mutation['change'] {
  return (request) => {
    const url = change(request.url)
    const host = /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? ''
    return { ...onHeader('host', () => [host])(request), url }
  }
}

const query = (url: string, change: (text: string) => string) => {
  const at = url.indexOf('?')
  return at === -1 ? url : `${url.slice(0, at)}?${change(url.slice(at + 1))}`
}

const ofUrl: Record<string, (url: string) => string> = {
  'url: parameter after': (url) => `${url}${url.includes('?') ? '&' : '?'}x=1`,
  'url: ? after': (url) => `${url}?`,
  'url: second ?': (url) => url.replace('?', '??'),
  'url: slash after the path': (url) => (url.includes('?') ? url.replace('?', '/?') : `${url}/`),
  'url: two slashes': (url) => url.replace('/in', '//in'),
  'url: dots': (url) => url.replace('/in', '/x/../in'),
  'url: its own port': (url) => url.replace('.test', '.test:443'),
  'url: another port': (url) => url.replace('.test', '.test:8443'),
  'url: port 80': (url) => url.replace('.test', '.test:80'),
  'url: upper-case host': (url) => url.replace('hooks', 'HOOKS'),
  'url: host with a dot': (url) => url.replace('.test', '.test.'),
  'url: IPv6': (url) => url.replace('hooks.example.test', '[::1]:8443'),
  'url: escaped letter': (url) => url.replace('/in', '/%69n'),
  'url: lower-case percent': (url) => url.replaceAll(/%[0-9A-F]{2}/g, (all) => all.toLowerCase()),
  'url: query reversed': (url) => query(url, (text) => text.split('&').reverse().join('&')),
  'url: query without values': (url) => query(url, (text) => `${text}&x`),
  'url: + in the query': (url) => query(url, (text) => `${text}&x=a+b`),
  'url: %20 in the query': (url) => query(url, (text) => `${text}&x=a%20b`),
  'url: name twice': (url) => query(url, (text) => `${text}&${text}`),
}

/** What can be done to body and URL, before or after signing. */
export const contentMutations: readonly Mutation[] = [
  ...Object.entries(ofBody).map(([name, change]) => ({ name, change: onBody(change) })),
  ...Object.entries(ofUrl).map(([name, change]) => ({ name, change: onUrl(change) })),
]

/** Of the request as such. */
export const requestMutations: readonly Mutation[] = [
  { name: 'unchanged', change: (request) => request },
  {
    name: 'header names in upper case',
    change: (request) => ({
      ...request,
      rawHeaders: request.rawHeaders.map(([name, value]): RawHeader => [name.toUpperCase(), value]),
    }),
  },
  {
    name: 'headers reversed',
    change: (request) => ({ ...request, rawHeaders: [...request.rawHeaders].reverse() }),
  },
  { name: 'PUT', change: (request) => ({ ...request, method: 'PUT' }) },
]
