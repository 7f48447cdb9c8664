import { createHash } from 'node:crypto'
import { literal, type Part } from '#engine/signatures/claims.ts'
import { headerText } from '#engine/signatures/reading.ts'
import { pathAndQuery, publicUrl } from '#engine/signatures/url.ts'
import type { Reason } from '#engine/signatures/sentences.ts'
import type { RequestHead } from '#engine/signatures/types.ts'
import type { Procedure, ProcedureInput } from './procedure.ts'
import { parseSignatureInputs, parseSignatures, type SignatureInput } from './signature-input.ts'

const INPUT = 'Signature-Input'

/**
 * HTTP Message Signatures (RFC 9421): the signature base over the components that `Signature-Input`
 * names. The body is covered through `Content-Digest` (RFC 9530), which must be among them.
 */
export const httpMessageSignature: Procedure = {
  readsBody: false,
  field(head, name) {
    return chosenOf(head)?.input.values.get(name) ?? null
  },
  claims(input) {
    const text = headerText(input.head, INPUT)
    const chosen = chosenOf(input.head)
    if (text === null) return lacking(`No \`${INPUT}\` header.`)
    if (!chosen) return lacking(`\`${INPUT}\` cannot be read (RFC 9421, 4.1).`)
    if (!chosen.input.components.includes('content-digest')) {
      return lacking('The signature does not cover `content-digest`, so nothing covers the body.')
    }
    const alg = chosen.input.values.get('alg')
    if (alg !== undefined && alg !== 'ed25519') {
      return lacking(`The signature says its algorithm is “${alg.slice(0, 60)}”, not ed25519.`)
    }
    const content = signatureBase(input, chosen.input)
    if ('code' in content) return content
    const text64 = chosen.signature
    const signatures =
      text64 === null ? [] : [{ position: 0, version: null, text: text64, known: true }]
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
    const parsed = chosenOf(input.head)?.input
    if (!parsed) return { problem: `\`${INPUT}\` cannot be read (RFC 9421, 4.1).` }
    const base = signatureBase(input, parsed)
    if ('code' in base) return { problem: base.sentence }
    const value = `${parsed.label}=:${signatureOver(base.parts)}:`
    const others = input.head.rawHeaders.filter(([name]) => name.toLowerCase() !== 'signature')
    return { rawHeaders: [...others, ['Signature', value]] }
  },
}

function lacking(sentence: string): Reason {
  return { code: 'signed-part-missing', sentence }
}

/**
 * The first signature that is both described and there: its parameters, such as the time, count with
 * it alone. One that is described only is taken when there is no other.
 */
function chosenOf(head: RequestHead): { input: SignatureInput; signature: string | null } | null {
  const inputs = parseSignatureInputs(headerText(head, INPUT) ?? '')
  const signatures = parseSignatures(headerText(head, 'Signature') ?? '')
  const input = inputs?.find(({ label }) => signatures?.has(label)) ?? inputs?.[0]
  return input ? { input, signature: signatures?.get(input.label) ?? null } : null
}

/** RFC 9421, section 2.5. */
function signatureBase(
  { head, settings }: ProcedureInput,
  { components, parameters }: SignatureInput,
): { parts: Part[] } | Reason {
  const parts: Part[] = []
  for (const name of components) {
    const value = componentValue(name, head, settings)
    if (value === null) {
      return lacking(`The signature covers \`${name.slice(0, 60)}\`, which is not there.`)
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
      return hostOf(publicUrl(head, settings))
    default:
      return headerText(head, name)?.trim() ?? null
  }
}

/** The host as `new URL()` writes it; `null`: what the request says of it is no host. */
function hostOf(url: string): string | null {
  try {
    return new URL(url).host
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
