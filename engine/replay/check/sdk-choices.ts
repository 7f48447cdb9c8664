/**
 * What providers' own packages do otherwise than their documented rule, beyond what the notices of a
 * verification know: found by running this battery against them. Who uses the package cannot change
 * it, so it is told as its choice.
 */
interface Choices {
  /** The npm package, with the version that was run. */
  sdk: string
  /** By the id of the case: what it does. */
  cases: Readonly<Record<string, string>>
}

const decodes =
  'decodes the signature, and what decodes it stops at the comma between two header lines'
const anyVersion = 'takes signatures of every version, whatever it is called'
const knownEvents = 'refuses events of a type that it does not know'

const choices: Readonly<Record<string, Choices>> = {
  liveblocks: {
    sdk: '@liveblocks/node 3.24',
    cases: { 'accepts.unknown-event': knownEvents, 'rejects.downgraded-version': anyVersion },
  },
  meta: {
    sdk: 'whatsapp-api-js 6.3',
    cases: {
      'accepts.unicode': 'writes the characters beyond ASCII as escapes before it checks',
      'rejects.two-signature-headers': decodes,
    },
  },
  onfido: { sdk: '@onfido/api 6.2', cases: { 'rejects.two-signature-headers': decodes } },
  polar: { sdk: '@polar-sh/sdk 1.0', cases: { 'accepts.unknown-event': knownEvents } },
  replicate: { sdk: 'replicate 1.4', cases: { 'rejects.downgraded-version': anyVersion } },
  sendgrid: {
    sdk: '@sendgrid/eventwebhook 8.0',
    cases: { 'rejects.two-signature-headers': decodes },
  },
  telnyx: {
    sdk: 'telnyx 2.1',
    cases: {
      'rejects.too-far-ahead': 'looks at the age of old timestamps only',
      'rejects.timestamp-unit': 'looks at the age of old timestamps only',
      'rejects.timestamp-not-a-number': 'goes on when the timestamp is no number',
      'rejects.two-signature-headers': decodes,
    },
  },
  workos: {
    sdk: '@workos-inc/node 11.0',
    cases: {
      'rejects.downgraded-version': anyVersion,
      'rejects.timestamp-not-a-number': 'goes on when the timestamp is no number',
    },
  },
}

/** One sentence when the provider's package decides like that; `null`: it does not. */
export function sdkChoice(schemeId: string, caseId: string): string | null {
  const known = Object.hasOwn(choices, schemeId) ? choices[schemeId] : undefined
  const what = known?.cases[caseId]
  return known && what !== undefined ? `${known.sdk} ${what}.` : null
}
