import { literal, type Part, wholeBody } from '#engine/signatures/claims.ts'
import { fieldValue } from '#engine/signatures/parse.ts'
import { headerText } from '#engine/signatures/reading.ts'
import type { Procedure, ProcedureInput } from './procedure.ts'

const FORM = { repeatedField: 'last' as const, place: { header: '' }, encoding: 'hex' as const }

/**
 * Hook0: timestamp, names of the signed headers, their values, body, joined with dots; the names
 * stand in `h`, separated by blanks. Source: hook0-client 1.1.0, signature.
 */
export const hook0Headers: Procedure = {
  readsBody: false,
  claims(input) {
    const names = signedNames(input)
    return [{ signatures: input.reading.header.signatures, contents: [content(input, names)] }]
  },
  write(input, signatureOver) {
    const { reading, head } = input
    const kept = signedNames(input)
    const names = kept.length > 0 ? kept : eventHeaders(input)
    const signature = signatureOver(content(input, names))
    const value = `t=${reading.timestampText ?? ''},h=${names.join(' ')},v1=${signature}`
    const others = head.rawHeaders.filter(([name]) => name.toLowerCase() !== 'x-hook0-signature')
    return { rawHeaders: [...others, ['X-Hook0-Signature', value]] }
  },
}

function signedNames({ reading }: ProcedureInput): string[] {
  const text = fieldValue(FORM, reading.header, 'h')?.trim().toLowerCase() ?? ''
  return text === '' ? [] : text.split(' ')
}

function eventHeaders({ head }: ProcedureInput): string[] {
  return ['x-event-id', 'x-event-type'].filter((name) => headerText(head, name) !== null)
}

function content({ reading, head }: ProcedureInput, names: readonly string[]): Part[] {
  const values = names.flatMap((name) => headerText(head, name) ?? [])
  return [
    { kind: 'timestamp', from: null, text: reading.timestampText ?? '' },
    literal('.'),
    { kind: 'field', from: 'h', text: names.join(' ') },
    literal('.'),
    { kind: 'header', from: names.join(' '), text: values.join('.') },
    literal('.'),
    wholeBody,
  ]
}
