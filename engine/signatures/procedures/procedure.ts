import type { Algorithm } from '#contract/scheme.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Part } from '#engine/signatures/claims.ts'
import type { ReceivedSignature } from '#engine/signatures/parse.ts'
import type { Reading } from '#engine/signatures/reading.ts'
import type { Reason } from '#engine/signatures/sentences.ts'
import type { RequestHead, Settings } from '#engine/signatures/types.ts'
import type { WholeBody } from '#engine/signatures/whole-body.ts'
import { adyenItem } from './adyen-item.ts'
import { awsSns } from './aws-sns.ts'
import { braintree } from './braintree.ts'
import { contentfulCanonical } from './contentful-canonical.ts'
import { hook0Headers } from './hook0-headers.ts'
import { httpMessageSignature } from './http-message-signature.ts'
import { mandrillForm } from './mandrill-form.ts'
import { mercadopago } from './mercadopago.ts'
import { plivoV3 } from './plivo-v3.ts'
import { twilioForm } from './twilio-form.ts'
import { urlCandidates } from './url-candidates.ts'

/** What a procedure works on. */
export interface ProcedureInput {
  reading: Reading
  head: RequestHead
  settings: Settings
  /** Known whole whenever the procedure reads the body. */
  body: WholeBody | null
}

/** Signatures with the texts that they may be over: any of the texts will do. */
export interface SignedTexts {
  signatures: readonly ReceivedSignature[]
  contents: readonly (readonly Part[])[]
  /** Where the request itself names the algorithm. */
  algorithm?: Algorithm
}

/** What signing changed of a request. */
export interface Written {
  rawHeaders?: readonly RawHeader[]
  target?: string
  body?: Uint8Array
}

/** How one provider makes its signed text, where a template cannot say it. */
export interface Procedure {
  /** The texts depend on values in the body. */
  readsBody: boolean
  /** Entries that belong to the signature and stand in a header of their own. */
  field?(head: RequestHead, name: string): string | null
  /** Every one must match; a reason says why there are none. */
  claims(input: ProcedureInput): readonly SignedTexts[] | Reason
  /** Before signing: what of the request the signature depends on and we have to write ourselves. */
  prepare?(input: ProcedureInput, timestampMs: number): Written | { problem: string }
  /** Writes a signature; default: into the scheme's own place. */
  write?(
    input: ProcedureInput,
    signatureOver: (content: readonly Part[], algorithm?: Algorithm) => string,
  ): Written | { problem: string }
}

const procedures: Readonly<Record<string, Procedure>> = {
  'adyen-item': adyenItem,
  'aws-sns': awsSns,
  braintree,
  'contentful-canonical': contentfulCanonical,
  'hook0-headers': hook0Headers,
  'http-message-signature': httpMessageSignature,
  'mandrill-form': mandrillForm,
  mercadopago,
  'plivo-v3': plivoV3,
  'twilio-form': twilioForm,
  'url-candidates': urlCandidates,
}

const PREFIX = 'special:'

/** Names of the procedures that a scheme's content may call. */
export const procedureNames: readonly string[] = Object.keys(procedures)

/** The procedure that a content such as `special:twilio-form` names; `null`: it is a template. */
export function findProcedure(content: string): Procedure | null {
  if (!content.startsWith(PREFIX)) return null
  const name = content.slice(PREFIX.length)
  return Object.hasOwn(procedures, name) ? (procedures[name] ?? null) : null
}
