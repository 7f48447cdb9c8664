import { compile } from '#engine/signatures/compile.ts'
import { headerText } from '#engine/signatures/reading.ts'
import { publicUrl } from '#engine/signatures/url.ts'
import { permutations } from './form-variants.ts'
import type { State, Variant } from './types.ts'

/** A URL in the parts that proxies and tunnels change. */
interface Parts {
  protocol: string
  host: string
  /** With its colon; empty for none. */
  port: string
  path: string
  /** With its question mark; empty for none. */
  query: string
}

const WORDS: Record<keyof Parts, string> = {
  protocol: 'protocol',
  host: 'host',
  port: 'port',
  path: 'path',
  query: 'query',
}
const FEW_PARAMETERS = 4
const MOST_COMBINED = 240

/** Names of settings that are the URL itself. */
function urlSettings({ scheme }: State): string[] {
  return (scheme.settings ?? []).filter(({ kind }) => kind === 'url').map(({ name }) => name)
}

export function coversUrl(state: State): boolean {
  const { scheme } = state
  if (scheme.jwt) return scheme.jwt.subjectIsUrl === true || scheme.jwt.urlHashClaim !== undefined
  const { pieces } = compile(scheme)
  return (
    urlSettings(state).length > 0 || pieces.some(({ kind }) => kind === 'url' || kind === 'path')
  )
}

/** The URL as the sender may have seen it: one part changed, then several at once. */
export function* urlVariants(state: State): Generator<Variant> {
  if (!coversUrl(state)) return
  const names = urlSettings(state)
  const registered = names.map((name) => state.settings[name]).find((url) => url)
  const seen = publicUrl(state.head, { publicUrl: registered ?? '' })
  const base = partsOf(seen)
  if (!base) return
  const choices = choicesOf(state, base)
  const known = new Set([seen])
  const make = (parts: Parts, weight: number): Variant | null => {
    const url = textOf(parts)
    if (known.has(url)) return null
    known.add(url)
    return variantOf(url, seen, changedParts(base, parts), names, weight)
  }
  for (const name of ['protocol', 'port', 'path', 'query', 'host'] as const) {
    for (const value of choices[name]) {
      const variant = make({ ...base, [name]: value }, 0.8)
      if (variant) yield variant
    }
  }
  let count = 0
  for (const parts of product(base, choices)) {
    const variant = make(parts, 0.3)
    if (variant && count++ < MOST_COMBINED) yield variant
  }
}

function variantOf(
  url: string,
  from: string,
  parts: string,
  names: string[],
  weight: number,
): Variant {
  return {
    change: {
      ...{ code: 'url-mismatch', what: 'url', from, to: url, weight },
      detail: `The sender called ${url}; here it looks like ${from} (another ${parts}).`,
      done: `With the URL ${url}`,
    },
    apply: (state) => ({
      ...state,
      head: { ...state.head, target: url },
      settings: {
        ...state.settings,
        ...Object.fromEntries(names.map((name) => [name, url])),
        // The absolute target says it all; a registered URL would add to it.
        ...(state.settings.publicUrl === undefined && !names.includes('publicUrl')
          ? {}
          : { publicUrl: '' }),
      },
    }),
  }
}

function partsOf(url: string): Parts | null {
  const found = /^(https?):\/\/((?:\[[^\]]*\]|[^:/?#]*))(:\d*)?([^?#]*)(\?[^]*)?$/i.exec(url)
  if (!found) return null
  const [, protocol = '', host = '', port = '', path = '', query = ''] = found
  return { protocol, host, port, path, query }
}

const textOf = ({ protocol, host, port, path, query }: Parts) =>
  `${protocol}://${host}${port}${path}${query}`

function changedParts(one: Parts, other: Parts): string {
  const names: (keyof Parts)[] = ['protocol', 'host', 'port', 'path', 'query']
  return names
    .filter((name) => one[name] !== other[name])
    .map((name) => WORDS[name])
    .join(' and ')
}

type Choices = Record<keyof Parts, string[]>

function choicesOf(state: State, base: Parts): Choices {
  const { head } = state
  const first = (name: string) => headerText(head, name)?.split(',')[0]?.trim()
  const forwarded = /host="?([^;,"\s]+)/i.exec(headerText(head, 'forwarded') ?? '')?.[1]
  const hosts = [
    first('x-forwarded-host'),
    forwarded,
    first('x-original-host'),
    first('x-forwarded-server'),
    first('host'),
    first(':authority'),
  ]
    .flatMap((each) => (each ? [partsOf(`http://${each}`)] : []))
    .flatMap((each) => (each ? [each] : []))
  const forwardedPort = first('x-forwarded-port')
  return {
    protocol: ['https', 'http'],
    host: [...hosts.map(({ host }) => host), base.host.toLowerCase(), swapWww(base.host)],
    port: [
      '',
      ...hosts.map(({ port }) => port),
      ...(forwardedPort ? [`:${forwardedPort}`] : []),
      ':443',
      ':80',
      ':8080',
      ':3000',
    ],
    path: pathsOf(state, base.path),
    query: queriesOf(state, base.query),
  }
}

const swapWww = (host: string) => (host.startsWith('www.') ? host.slice(4) : `www.${host}`)

function pathsOf({ head }: State, path: string): string[] {
  const target = partsOf(`http://host${head.target.replace(/^https?:\/\/[^/?#]*/i, '')}`)
  const prefix = headerText(head, 'x-forwarded-prefix') ?? ''
  const original =
    (headerText(head, 'x-original-uri') ?? headerText(head, 'x-rewrite-url') ?? '').split('?')[0] ??
    ''
  const bases = [path, target?.path ?? path, prefix + path, original].filter(
    (each) => each !== '' || path === '',
  )
  return bases.flatMap((each) => [
    each,
    each.endsWith('/') ? each.slice(0, -1) : `${each}/`,
    each.replace(/\/{2,}/g, '/'),
    decoded(each),
    each.toLowerCase(),
  ])
}

function queriesOf({ head }: State, query: string): string[] {
  const at = head.target.indexOf('?')
  const own = at === -1 ? '' : head.target.slice(at)
  const pairs = (query || own).slice(1).split('&')
  const orders = pairs.length < 2 ? [] : [[...pairs].sort(), [...pairs].reverse()]
  if (pairs.length > 1 && pairs.length <= FEW_PARAMETERS) orders.push(...permutations(pairs))
  const written = query || own
  return [
    ...[query, '', own],
    ...orders.map((order) => `?${order.join('&')}`),
    ...[written.replace(/\+/g, '%20'), written.replace(/%20/g, '+'), decoded(written)],
    ...(written === '' ? [] : [`?${new URLSearchParams(written).toString()}`]),
  ]
}

/** decodeURI throws for what is no escape; then it stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

function* product(base: Parts, choices: Choices): Generator<Parts> {
  const few = (name: keyof Parts) => [...new Set([base[name], ...choices[name]])].slice(0, 4)
  for (const protocol of few('protocol')) {
    for (const host of few('host')) {
      for (const port of few('port')) {
        for (const path of few('path')) {
          for (const query of few('query')) yield { protocol, host, port, path, query }
        }
      }
    }
  }
}
