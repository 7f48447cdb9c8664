import type { SignatureForm } from '#contract/scheme.ts'

/** One signature as it stood in the header. */
export interface ReceivedSignature {
  /** Among the signatures of the header, from 0; entries such as `t=` do not count. */
  position: number
  version: string | null
  text: string
  /** The scheme knows this version. */
  known: boolean
}

export interface ParsedSignatureHeader {
  signatures: readonly ReceivedSignature[]
  /** The other entries, such as `t`. */
  fields: readonly { name: string; value: string }[]
}

/**
 * Takes a signature header apart. Never throws: what cannot be read yields no signatures.
 *
 * `repeated` says that several headers were joined with `, `; in a list separated by blanks the
 * joint then leaves a comma at the end of an entry, which is dropped.
 */
export function parseSignatureHeader(
  form: SignatureForm,
  text: string,
  repeated: boolean,
): ParsedSignatureHeader {
  if (form.list === undefined) return parseSingle(form, text)
  const signatures: ReceivedSignature[] = []
  const fields: { name: string; value: string }[] = []
  const add = (version: string | null, value: string, known: boolean) =>
    signatures.push({ position: signatures.length, version, text: value, known })
  const entries = text.split(form.list)
  for (let index = 0; index < entries.length; index++) {
    let entry = entries[index] ?? ''
    if (form.trim) entry = entry.trim()
    const at = form.pair === undefined ? -1 : entry.indexOf(form.pair)
    if (at <= 0) {
      const name = form.positions?.[index]
      if (entry === '') continue
      if (name !== undefined) fields.push({ name, value: entry })
      else if (form.bare || form.pair === undefined) add(null, entry, true)
      continue
    }
    const name = entry.slice(0, at)
    let value = entry.slice(at + (form.pair?.length ?? 0))
    if (repeated && form.list === ' ' && value.endsWith(',')) value = value.slice(0, -1)
    if (value === '') continue
    const known = name === form.version
    if (known || (form.version !== undefined && isVersion(name))) add(name, value, known)
    else fields.push({ name, value })
  }
  return { signatures, fields }
}

function parseSingle(form: SignatureForm, text: string): ParsedSignatureHeader {
  const prefix = form.prefix ?? ''
  const value = text.slice(prefix.length)
  if (!text.startsWith(prefix) || value === '') return { signatures: [], fields: [] }
  return { signatures: [{ position: 0, version: null, text: value, known: true }], fields: [] }
}

/** Providers name versions of signatures `v` and a number, with or without more (`v0`, `v1a`). */
function isVersion(name: string): boolean {
  const second = name.charCodeAt(1)
  return name.startsWith('v') && second >= 0x30 && second <= 0x39
}

/** The value of an entry; with several of that name, the one that the scheme says counts. */
export function fieldValue(
  form: SignatureForm,
  header: ParsedSignatureHeader,
  name: string,
): string | null {
  let found: string | null = null
  for (const field of header.fields) {
    if (field.name !== name) continue
    if (form.repeatedField !== 'last') return field.value
    found = field.value
  }
  return found
}

/** Why a header holds no signature, in one sentence. `name` is the header as the provider spells it. */
export function signatureProblem(form: SignatureForm, name: string, text: string): string {
  if (text.trim() === '') return `\`${name}\` is empty.`
  if (form.list === undefined || form.pair === undefined || form.version === undefined) {
    const prefix = form.prefix ?? ''
    if (form.list !== undefined) return `\`${name}\` holds no signature.`
    if (!text.startsWith(prefix)) return `\`${name}\` does not begin with \`${prefix}\`.`
    return `\`${name}\` has nothing after \`${prefix}\`.`
  }
  return `\`${name}\` has no \`${form.version}${form.pair}\` part.`
}
