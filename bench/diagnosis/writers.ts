/** How other languages write JSON, made here once more so that the bench does not test itself. */

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

interface Options {
  item: string
  key: string
  indent?: string
  sorted?: boolean
  string: (text: string) => string
}

function write(value: Json, options: Options, depth = 0): string {
  if (typeof value === 'string') return options.string(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const isArray = Array.isArray(value)
  const [open, close] = isArray ? ['[', ']'] : ['{', '}']
  const members = isArray
    ? value.map((each) => write(each, options, depth + 1))
    : entries(value, options).map(
        ([name, each]) => options.string(name) + options.key + write(each, options, depth + 1),
      )
  if (members.length === 0) return open + close
  if (options.indent === undefined) return open + members.join(options.item) + close
  const inner = `\n${options.indent.repeat(depth + 1)}`
  return `${open}${inner}${members.join(`,${inner}`)}\n${options.indent.repeat(depth)}${close}`
}

function entries(value: { [name: string]: Json }, { sorted }: Options): [string, Json][] {
  const all = Object.entries(value)
  return sorted ? all.sort(([one], [other]) => (one < other ? -1 : 1)) : all
}

const plain = (text: string) => JSON.stringify(text)
const escapeWhere =
  (test: (code: number) => boolean, upper = false) =>
  (text: string) => {
    let written = ''
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      const hex = code.toString(16).padStart(4, '0')
      written += test(code) ? `\\u${upper ? hex.toUpperCase() : hex}` : text.charAt(index)
    }
    return written
  }
const ascii = escapeWhere((code) => code > 0x7f)
const isHtml = (code: number) => [0x3c, 0x3e, 0x26, 0x2028, 0x2029].includes(code)

function parsed(text: string): Json {
  const value: Json = JSON.parse(text)
  return value
}

/** Every style by name: the JSON text written anew. */
export const writers: Readonly<Record<string, (text: string) => string>> = {
  compact: (text) => JSON.stringify(JSON.parse(text)),
  'indent 2': (text) => JSON.stringify(JSON.parse(text), null, 2),
  'indent 4': (text) => JSON.stringify(JSON.parse(text), null, 4),
  tab: (text) => JSON.stringify(JSON.parse(text), null, '\t'),
  python: (text) =>
    write(parsed(text), { item: ', ', key: ': ', string: (each) => ascii(plain(each)) }),
  'python, unicode kept': (text) => write(parsed(text), { item: ', ', key: ': ', string: plain }),
  'python, sorted': (text) =>
    write(parsed(text), {
      item: ', ',
      key: ': ',
      sorted: true,
      string: (each) => ascii(plain(each)),
    }),
  'python, indent 2': (text) =>
    write(parsed(text), {
      item: ',',
      key: ': ',
      indent: '  ',
      string: (each) => ascii(plain(each)),
    }),
  'sorted keys': (text) =>
    write(parsed(text), { item: ',', key: ':', sorted: true, string: plain }),
  php: (text) =>
    write(parsed(text), {
      item: ',',
      key: ':',
      string: (each) => ascii(plain(each)).replaceAll('/', '\\/'),
    }),
  'php, unicode kept': (text) =>
    write(parsed(text), {
      item: ',',
      key: ':',
      string: (each) => plain(each).replaceAll('/', '\\/'),
    }),
  'php, pretty': (text) =>
    write(parsed(text), {
      item: ',',
      key: ': ',
      indent: '    ',
      string: (each) => ascii(plain(each)).replaceAll('/', '\\/'),
    }),
  'ascii only': (text) =>
    write(parsed(text), { item: ',', key: ':', string: (each) => ascii(plain(each)) }),
  go: (text) =>
    write(parsed(text), {
      item: ',',
      key: ':',
      string: (each) => escapeWhere(isHtml)(plain(each)),
    }),
  'go, map': (text) =>
    write(parsed(text), {
      item: ',',
      key: ':',
      sorted: true,
      string: (each) => escapeWhere(isHtml)(plain(each)),
    }),
}
