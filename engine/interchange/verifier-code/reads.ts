import type { Scheme } from '#contract/scheme.ts'
import type { Place } from '#contract/scheme-parts.ts'
import type { BodyAs, Part, Read, Source } from './plan.ts'

/** Collects what has to be read, each thing once. */
export class Reads {
  readonly all: Read[] = []
  readonly #scheme: Scheme

  constructor(scheme: Scheme) {
    this.#scheme = scheme
  }

  /** The name of the variable that holds what stands there. */
  add(name: string, source: Source, optional = false): string {
    const same = this.all.find((read) => JSON.stringify(read.source) === JSON.stringify(source))
    if (same) return same.name
    let free = name
    for (let count = 2; this.all.some((read) => read.name === free); count++) free = name + count
    this.all.push({ name: free, source, label: labelOf(source), optional })
    return free
  }

  place(name: string, place: Place): string {
    return this.add(name, sourceOf(this.#scheme, place))
  }

  timestamp(): string {
    const form = this.#scheme.timestamp
    if (!form) return ''
    const source = sourceOf(this.#scheme, form.place)
    const typed = source.kind === 'json' ? { ...source, type: form.jsonType ?? null } : source
    return this.add('timestamp', typed)
  }

  setting(name: string): string {
    return this.add(name, { kind: 'setting', variable: settingVariable(this.#scheme.id, name) })
  }

  readsSetting(variable: string): boolean {
    return this.all.some(({ source }) => source.kind === 'setting' && source.variable === variable)
  }

  template(text: string): Part[] {
    const parts: Part[] = []
    for (const piece of text.split(/(\{[a-zA-Z][^{}\s"]*\})/)) {
      if (piece === '') continue
      const part = this.#part(piece)
      const last = parts.at(-1)
      if (part.kind === 'literal' && last?.kind === 'literal') last.text += part.text
      else parts.push(part)
    }
    return parts
  }

  #part(piece: string): Part {
    const [, kind = '', name = ''] = /^\{([a-z]+)(?:[:.](.+))?\}$/.exec(piece) ?? []
    switch (kind) {
      case 'body':
        return { kind: 'body', as: bodyAs(name, this.#scheme) }
      case 'secret':
        return { kind: 'secret' }
      case 'timestamp':
        return variablePart(this.timestamp())
      case 'id':
        return this.#scheme.messageId
          ? variablePart(this.place('id', this.#scheme.messageId))
          : { kind: 'literal', text: '' }
      case 'method':
      case 'url':
      case 'path':
        return variablePart(this.add(kind, { kind }))
      case 'settings':
        return variablePart(this.setting(name))
      case 'header':
        return variablePart(this.add(camel(name), { kind, names: [name] }, true))
      case 'query':
        return variablePart(this.add(camel(name), { kind, name }, true))
      case 'field':
        return variablePart(this.place(camel(name), { field: name }))
      case 'json':
        return variablePart(this.add(camel(name), sourceOf(this.#scheme, { json: name }), true))
      case 'form':
        return variablePart(this.add(camel(name), { kind, name, path: null }, true))
      default:
        return { kind: 'literal', text: piece }
    }
  }
}

function bodyAs(name: string, scheme: Scheme): BodyAs {
  if (name === 'sha256-hex' || name === 'crc32' || name === 'json-string') return name
  return scheme.signedBody === 'compact-json' ? 'compact-json' : 'raw'
}

export function sourceOf(scheme: Scheme, place: Place): Source {
  if ('parts' in place) {
    const parts = place.parts.map((part) => sourceOf(scheme, part))
    return { kind: 'joined', parts, joint: place.joint }
  }
  if ('header' in place) return { kind: 'header', names: [place.header, ...(place.also ?? [])] }
  if ('field' in place) {
    return { kind: 'field', name: place.field, last: scheme.signature.repeatedField === 'last' }
  }
  if ('form' in place) {
    return { kind: 'form', name: place.form, path: place.json ? pathOf(place.json) : null }
  }
  if ('json' in place) return { kind: 'json', path: pathOf(place.json), type: null }
  if ('query' in place) return { kind: 'query', name: place.query }
  // Claims and `memberBeside` say the event type or id, which no signed text contains.
  return { kind: 'json', path: [], type: null }
}

/** `data[].item[2].id` is data, 0, item, 2, id. */
function pathOf(path: string): (string | number)[] {
  return path.split('.').flatMap((part) => {
    const name = part.replace(/\[.*$/, '')
    const indexes = [...part.matchAll(/\[(\d*)\]/g)].map(([, index]) => Number(index ?? 0))
    return name === '' ? indexes : [name, ...indexes]
  })
}

export function labelOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return `the ${source.names[0] ?? ''} header`
    case 'field':
      return `the ${source.name} entry of the signature header`
    case 'json':
      return `${source.path.join('.')} in the body`
    case 'query':
      return `the ${source.name} parameter of the URL`
    case 'form':
      return `the ${source.name} field of the body`
    case 'setting':
      return source.variable
    case 'joined':
      return source.parts.map(labelOf).join(' or ')
    case 'method':
    case 'url':
    case 'path':
      break
  }
  return `the ${source.kind}`
}

export function settingVariable(id: string, name: string): string {
  return `${constant(id)}_${constant(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'))}`
}

export function constant(text: string): string {
  const upper = text.replace(/[^a-zA-Z0-9]+/g, '_').toUpperCase()
  return /^\d/.test(upper) ? `W${upper}` : upper
}

/** `X-Request-Id`, `signature.token` and `data.id` as names of variables. */
function camel(text: string): string {
  const words = text.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '')
  const joined = words
    .map((word, index) =>
      index === 0 ? word[0]?.toLowerCase() + word.slice(1) : word[0]?.toUpperCase() + word.slice(1),
    )
    .join('')
  return /^[a-z]/.test(joined) ? `${joined}Value` : `value${joined}`
}

function variablePart(name: string): Part {
  return { kind: 'variable', name }
}
