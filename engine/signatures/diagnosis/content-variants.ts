import type { Scheme } from '#contract/scheme.ts'
import { parseTemplate, type Piece } from '#engine/signatures/compile.ts'
import { permutations } from './form-variants.ts'
import type { State, Variant } from './types.ts'

const SEPARATORS = ['', '.', ':', '\n', '|', ',', '-', ' ', ';', '&', '_', '/', '+']
const MOST = 160

/** A part of the template in its own notation. */
interface Part {
  text: string
  isLiteral: boolean
  isBody: boolean
}

/** The signed content with a part or separator missing, swapped, in another order, or added. */
export function* contentVariants(state: State): Generator<Variant> {
  const { scheme } = state
  const { content } = scheme
  if (scheme.jwt || content === '' || content.startsWith('special:')) return
  const parts = parseTemplate(content).map(partOf)
  const known = new Set([content])
  let count = 0
  for (const { template, detail, weight } of templates(parts, state)) {
    if (known.has(template) || template === '' || count >= MOST) continue
    if (content.includes('{secret}') && !template.includes('{secret}')) continue
    known.add(template)
    count++
    const other: Scheme = { ...scheme, content: template }
    yield {
      change: {
        ...{ code: 'signed-content', what: 'content', from: content, to: template },
        detail: `${detail}: \`${shown(template)}\` was signed in place of \`${shown(content)}\`.`,
        done: `With \`${shown(template)}\` as the signed content`,
        weight,
      },
      apply: (base) => ({ ...base, scheme: other }),
    }
  }
}

const shown = (template: string) => template.replace(/\n/g, '\\n')

interface Template {
  template: string
  detail: string
  weight: number
}

function* templates(parts: readonly Part[], state: State): Generator<Template> {
  const values = parts.filter(({ isLiteral }) => !isLiteral)
  yield* withoutParts(parts, values)
  yield* otherSeparators(parts)
  yield* otherOrders(parts, values)
  yield* moreParts(parts, state)
  yield* otherBodies(parts)
}

const joined = (parts: readonly Part[]) => parts.map(({ text }) => text).join('')

function* withoutParts(parts: readonly Part[], values: readonly Part[]): Generator<Template> {
  const body = values.find(({ isBody }) => isBody)
  if (body && values.length > 1) {
    yield { template: body.text, detail: 'Only the body was signed', weight: 0.9 }
  }
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]
    if (!part || part.isBody || parts.length === 1) continue
    const detail = part.isLiteral ? `“${shown(part.text)}” is missing` : `${part.text} is missing`
    const without = parts.filter((_, at) => at !== index)
    yield { template: joined(without), detail, weight: part.isLiteral ? 0.7 : 0.6 }
    if (part.isLiteral) continue
    const side = parts[index + 1]?.isLiteral ? index + 1 : index - 1
    if (parts[side]?.isLiteral) {
      const both = parts.filter((_, at) => at !== index && at !== side)
      yield {
        template: joined(both),
        detail: `${part.text} with its separator is missing`,
        weight: 0.8,
      }
    }
  }
}

/** Every separator swapped for another; then each alone. */
function* otherSeparators(parts: readonly Part[]): Generator<Template> {
  const inner = parts.flatMap((part, index) =>
    part.isLiteral && index > 0 && index < parts.length - 1 ? [index] : [],
  )
  for (const separator of SEPARATORS) {
    const swapped = (at: readonly number[]) =>
      parts.map((part, index) => (at.includes(index) ? separator : part.text)).join('')
    const name = separator === '' ? 'no separators' : `“${shown(separator)}” between the parts`
    if (inner.length > 0)
      yield { template: swapped(inner), detail: `There is ${name}`, weight: 0.6 }
    if (inner.length > 1) {
      for (const at of inner) {
        yield { template: swapped([at]), detail: `There is ${name} at one place`, weight: 0.3 }
      }
    }
    const values = parts.filter(({ isLiteral }) => !isLiteral)
    if (values.length > 1) {
      const template = values.map(({ text }) => text).join(separator)
      yield { template, detail: `There is only ${name}`, weight: 0.5 }
    }
  }
}

const FEW = 4

function* otherOrders(parts: readonly Part[], values: readonly Part[]): Generator<Template> {
  if (values.length < 2 || values.length > FEW) return
  for (const order of permutations(values)) {
    let next = 0
    const text = parts
      .map((part) => (part.isLiteral ? part.text : (order[next++]?.text ?? '')))
      .join('')
    yield { template: text, detail: 'The parts are in another order', weight: 0.5 }
    for (const separator of ['', '.', ':', '\n']) {
      const template = order.map(({ text: each }) => each).join(separator)
      yield {
        template,
        detail: 'The parts are in another order with other separators',
        weight: 0.15,
      }
    }
  }
}

const ADDABLE = /timestamp|time|date|request-id|message-id|webhook-id|delivery|event|nonce|topic/i

/** What the scheme does not sign, but a sender may: timestamps and ids in headers, method and URL. */
function* moreParts(parts: readonly Part[], { head, scheme }: State): Generator<Template> {
  const content = joined(parts)
  const own = [
    ...(scheme.timestamp && !content.includes('{timestamp}') ? ['{timestamp}'] : []),
    ...(scheme.messageId && 'header' in scheme.messageId && !content.includes('{id}')
      ? ['{id}']
      : []),
  ]
  const headers = head.rawHeaders
    .filter(([name]) => ADDABLE.test(name) && /^[A-Za-z0-9-]+$/.test(name))
    .slice(0, 6)
    .map(([name]) => `{header:${name}}`)
    .filter((each) => !content.toLowerCase().includes(each.toLowerCase()))
  for (const more of [...own, ...headers]) {
    for (const separator of ['.', '', ':', '\n', '|']) {
      const detail = `${more} is signed too`
      yield { template: `${more}${separator}${content}`, detail, weight: 0.5 }
      yield { template: `${content}${separator}${more}`, detail, weight: 0.3 }
    }
  }
  for (const more of ['{url}', '{method}{url}', '{path}']) {
    if (!content.includes('{url}'))
      yield { template: `${more}${content}`, detail: `${more} is signed too`, weight: 0.2 }
  }
  for (const version of ['v0:', 'v1:']) {
    if (!content.startsWith(version))
      yield { template: version + content, detail: `“${version}” is signed too`, weight: 0.1 }
  }
}

const bodies = ['{body}', '{body:sha256-hex}', '{body:json-string}']

function* otherBodies(parts: readonly Part[]): Generator<Template> {
  for (const body of bodies) {
    const template = parts.map((part) => (part.isBody ? body : part.text)).join('')
    yield { template, detail: `The body stands as ${body}`, weight: 0.2 }
  }
}

function partOf(piece: Piece): Part {
  const isBody = piece.kind === 'body'
  const text = notation(piece)
  return { text, isLiteral: piece.kind === 'literal', isBody }
}

function notation(piece: Piece): string {
  switch (piece.kind) {
    case 'literal':
      return piece.text
    case 'body':
      return piece.as === 'raw' ? '{body}' : `{body:${piece.as}}`
    case 'message-id':
      return '{id}'
    case 'setting':
      return `{settings.${piece.name}}`
    case 'header':
    case 'query':
    case 'json':
    case 'field':
    case 'form':
      return `{${piece.kind}:${piece.name}}`
    case 'timestamp':
    case 'secret':
    case 'method':
    case 'url':
    case 'path':
      break
  }
  return `{${piece.kind}}`
}
