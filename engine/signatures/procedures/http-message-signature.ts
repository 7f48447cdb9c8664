import { createHash } from 'node:crypto'
import { literal, type Part } from '#engine/signatures/claims.ts'
import { headerText } from '#engine/signatures/reading.ts'
import { pathAndQuery, publicUrl } from '#engine/signatures/url.ts'
import type { Procedure, ProcedureInput } from './procedure.ts'

const INPUT = 'Signature-Input'

/** One signature of `Signature-Input` (RFC 9421, section 4.1): its label, components, parameters. */
interface SignatureInput {
  label: string
  components: string[]
  /** From the parenthesis on, as sent: what `@signature-params` says. */
  parameters: string
}

/**
 * HTTP Message Signatures (RFC 9421): the signature base over the components that `Signature-Input`
 * names. The body is covered through `Content-Digest` (RFC 9530), which must be among them.
 */
export const httpMessageSignature: Procedure = {
  readsBody: false,
  field(head, name) {
    const parameters = parseInput(headerText(head, INPUT) ?? '')?.parameters ?? ''
    const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;,\\s]+))`).exec(parameters)
    return found?.[1] ?? found?.[2] ?? null
  },
  claims(input) {
    const text = headerText(input.head, INPUT)
    const parsed = text === null ? null : parseInput(text)
    if (!parsed) {
      const sentence =
        text === null ? `No \`${INPUT}\` header.` : `\`${INPUT}\` cannot be read (RFC 9421, 4.1).`
      return { code: 'signed-part-missing', sentence }
    }
    if (!parsed.components.includes('content-digest')) {
      const sentence = 'The signature does not cover `content-digest`, so nothing covers the body.'
      return { code: 'signed-part-missing', sentence }
    }
    const content = signatureBase(input, parsed)
    if ('code' in content) return content
    const received = signatureOf(input.reading.signatureText ?? '', parsed.label)
    const signatures =
      received === null ? [] : [{ position: 0, version: null, text: received, known: true }]
    return [{ signatures, contents: [content.parts] }]
  },
  prepare({ head, body }, timestampMs) {
    const digest = createHash('sha256')
      .update(body?.bytes ?? '')
      .digest('base64')
    const created = Math.floor(timestampMs / 1000)
    const keyid = /;keyid="[^"]*"/.exec(headerText(head, INPUT) ?? '')?.[0] ?? ''
    const others = head.rawHeaders.filter(
      ([name]) => !['content-digest', 'signature-input'].includes(name.toLowerCase()),
    )
    // MailChannels numbers its labels.
    const label = `sig_${created}`
    return {
      rawHeaders: [
        ...others,
        ['Content-Digest', `sha-256=:${digest}:`],
        [INPUT, `${label}=("content-digest");created=${created};alg="ed25519"${keyid}`],
      ],
    }
  },
  write(input, signatureOver) {
    const parsed = parseInput(headerText(input.head, INPUT) ?? '')
    if (!parsed) return { problem: `\`${INPUT}\` cannot be read (RFC 9421, 4.1).` }
    const base = signatureBase(input, parsed)
    if ('code' in base) return { problem: base.sentence }
    const value = `${parsed.label}=:${signatureOver(base.parts)}:`
    const others = input.head.rawHeaders.filter(([name]) => name.toLowerCase() !== 'signature')
    return { rawHeaders: [...others, ['Signature', value]] }
  },
}

function parseInput(text: string): SignatureInput | null {
  const found = /^\s*([a-z*][a-z0-9_.*-]*)=(\(([^)]*)\)(?:;.*)?)$/s.exec(text)
  if (!found) return null
  const [, label = '', parameters = '', inner = ''] = found
  const components = [...inner.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? '')
  return { label, components, parameters }
}

function signatureOf(text: string, label: string): string | null {
  const found = new RegExp(`(?:^|,)\\s*${label.replaceAll(/[.*]/g, '\\$&')}=:([^:]*):`).exec(text)
  return found?.[1] ?? null
}

/** RFC 9421, section 2.5. */
function signatureBase(
  { head, settings }: ProcedureInput,
  { components, parameters }: SignatureInput,
): { parts: Part[] } | { code: string; sentence: string } {
  const parts: Part[] = []
  for (const name of components) {
    const value = componentValue(name, head, settings)
    if (value === null) {
      const sentence = `The signature covers \`${name}\`, which is not there.`
      return { code: 'signed-part-missing', sentence }
    }
    parts.push(literal(`"${name}": `), { kind: 'header', from: name, text: value }, literal('\n'))
  }
  parts.push(literal('"@signature-params": '), { kind: 'header', from: INPUT, text: parameters })
  return { parts }
}

function componentValue(
  name: string,
  head: ProcedureInput['head'],
  settings: ProcedureInput['settings'],
): string | null {
  switch (name) {
    case '@method':
      return head.method
    case '@target-uri':
      return publicUrl(head, settings)
    case '@path':
      return pathAndQuery(head.target).path
    case '@query':
      return `?${pathAndQuery(head.target).query}`
    case '@authority':
      return new URL(publicUrl(head, settings)).host
    default:
      return headerText(head, name)?.trim() ?? null
  }
}
