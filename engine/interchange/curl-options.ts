/** What an option of curl does to the request; `null`: nothing that the receiver could see. */
export type CurlEffect =
  | 'request'
  | 'header'
  | 'data'
  | 'data-raw'
  | 'data-urlencode'
  | 'json'
  | 'get'
  | 'head'
  | 'user'
  | 'bearer'
  | 'user-agent'
  | 'referer'
  | 'cookie'
  | 'range'
  | 'url'
  | 'http-version'
  | 'path-as-is'
  | 'unsupported'

interface CurlOption {
  effect: CurlEffect | null
  takesValue: boolean
}

const effects: Readonly<Record<string, CurlEffect>> = {
  request: 'request',
  header: 'header',
  data: 'data',
  'data-ascii': 'data',
  'data-binary': 'data',
  'data-raw': 'data-raw',
  'data-urlencode': 'data-urlencode',
  json: 'json',
  user: 'user',
  'oauth2-bearer': 'bearer',
  'user-agent': 'user-agent',
  referer: 'referer',
  cookie: 'cookie',
  range: 'range',
  url: 'url',
  form: 'unsupported',
  'form-string': 'unsupported',
  'upload-file': 'unsupported',
  config: 'unsupported',
  'aws-sigv4': 'unsupported',
  'url-query': 'unsupported',
}

const flags: Readonly<Record<string, CurlEffect>> = {
  get: 'get',
  head: 'head',
  'path-as-is': 'path-as-is',
  'http1.0': 'http-version',
  'http1.1': 'http-version',
  http2: 'http-version',
  next: 'unsupported',
  digest: 'unsupported',
  ntlm: 'unsupported',
  negotiate: 'unsupported',
}

const ignoredWithValue = new Set(
  `output connect-timeout max-time retry retry-delay retry-max-time cacert capath cert cert-type key
  key-type pass ciphers tls13-ciphers tls-max proxy proxy-user proxy-header noproxy preproxy socks5
  socks5-hostname resolve connect-to interface local-port limit-rate max-redirs max-filesize
  write-out dump-header cookie-jar trace trace-ascii stderr speed-limit speed-time unix-socket
  abstract-unix-socket keepalive-time dns-servers curves pinnedpubkey proto proto-redir output-dir
  expect100-timeout happy-eyeballs-timeout-ms netrc-file`.split(/\s+/),
)
const ignoredFlags = new Set(
  `silent show-error verbose insecure location location-trusted include fail fail-with-body
  fail-early compressed progress-bar no-progress-meter globoff no-buffer no-keepalive
  tcp-nodelay tcp-fastopen ipv4 ipv6 tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 ssl ssl-reqd sslv2 sslv3
  http3 http3-only http2-prior-knowledge http0.9 remote-name remote-header-name remote-time
  create-dirs netrc netrc-optional junk-session-cookies basic anyauth post301 post302 post303 raw
  disable parallel retry-connrefused retry-all-errors trace-time trace-ids styled-output
  no-sessionid no-alpn no-npn cert-status ssl-no-revoke ca-native proxy-insecure proxytunnel
  compressed-ssh tr-encoding`.split(/\s+/),
)

const shortNames: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  G: 'get',
  u: 'user',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  r: 'range',
  I: 'head',
  F: 'form',
  T: 'upload-file',
  K: 'config',
  '0': 'http1.0',
  ':': 'next',
  o: 'output',
  m: 'max-time',
  x: 'proxy',
  U: 'proxy-user',
  w: 'write-out',
  D: 'dump-header',
  c: 'cookie-jar',
  E: 'cert',
  Y: 'speed-limit',
  y: 'speed-time',
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  k: 'insecure',
  L: 'location',
  i: 'include',
  f: 'fail',
  '#': 'progress-bar',
  g: 'globoff',
  N: 'no-buffer',
  '4': 'ipv4',
  '6': 'ipv6',
  '1': 'tlsv1',
  '2': 'sslv2',
  '3': 'sslv3',
  O: 'remote-name',
  J: 'remote-header-name',
  R: 'remote-time',
  n: 'netrc',
  j: 'junk-session-cookies',
  q: 'disable',
  Z: 'parallel',
  p: 'proxytunnel',
}

/** The long name of a one-letter option, `null` when curl has none or it is not known here. */
export function longName(letter: string): string | null {
  return Object.hasOwn(shortNames, letter) ? (shortNames[letter] ?? null) : null
}

/** What is known of an option by its long name (curl's manual, curl.se/docs/manpage.html). */
export function curlOption(name: string): CurlOption | null {
  const effect = Object.hasOwn(effects, name) ? effects[name] : undefined
  if (effect !== undefined) return { effect, takesValue: true }
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
  if (flag !== undefined) return { effect: flag, takesValue: false }
  if (ignoredWithValue.has(name)) return { effect: null, takesValue: true }
  const plain = name.startsWith('no-') && !ignoredFlags.has(name) ? name.slice(3) : name
  return ignoredFlags.has(plain) ? { effect: null, takesValue: false } : null
}
