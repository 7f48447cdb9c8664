import type { DiagnosisCode } from '#contract/diagnosis.ts'

export interface Words {
  /** What went wrong, beginning a paragraph that the particulars end. */
  explanation: string
  fix: string
}

const rawBody =
  'Verify over the bytes as they came in, before anything parses them; parse afterwards.'

/** What each cause means to the person who has to put it right. Sources: docs/diagnosis.md. */
export const words: Readonly<Record<DiagnosisCode, Words>> = {
  'secret-other-endpoint': {
    explanation: 'The delivery was signed with the secret of another endpoint.',
    fix: 'Put that secret into this endpoint, or send these deliveries to the endpoint they belong to.',
  },
  'secret-whitespace': {
    explanation: 'Something was pasted along with the secret.',
    fix: 'Store the secret alone: no blanks, no line break, no quotes, nothing before it. In code, trim what you read from the environment.',
  },
  'secret-prefix': {
    explanation: 'The sender and this endpoint treat the start of the secret differently.',
    fix: 'Store the secret exactly as the provider shows it, prefix and all; in code, keep or drop the prefix as the provider’s documentation says.',
  },
  'secret-encoding': {
    explanation: 'The secret is right, but its text is turned into key bytes in another way.',
    fix: 'Decode the secret as the sender does before it goes into the HMAC, and choose a scheme here that does so too.',
  },
  'body-reserialized': {
    explanation:
      'The body was parsed and written anew on the way. It is the same JSON, but not the same bytes, and a signature is over bytes.',
    fix: `${rawBody} Where a proxy or gateway rewrites JSON, let this path through untouched.`,
  },
  'body-newline': {
    explanation: 'Line ends or the bytes around the body were changed.',
    fix: `${rawBody} Send files with --data-binary, not --data or --data-ascii, and let no editor add a line break.`,
  },
  'body-encoding': {
    explanation: 'The bytes of the body were converted on the way.',
    fix: 'Take the body as bytes, never as text in some charset, and verify before or after decompression as the sender signs: most sign what goes over the wire uncompressed.',
  },
  'body-form': {
    explanation: 'The form was decoded and encoded anew, so that its bytes differ.',
    fix: `${rawBody} Do not build the form again from its parameters.`,
  },
  'body-truncated': {
    explanation: 'The body seems to be cut: what is missing cannot be checked.',
    fix: 'Raise the body limit of the proxy or framework in front, and look whether the sender gave up.',
  },
  'body-empty': {
    explanation:
      'The signature is over an empty body: what verified or signed this did not have the bytes, mostly because a middleware had read the stream already.',
    fix: 'Keep the raw body before any middleware reads it, and sign or verify with that.',
  },
  'timestamp-unit': {
    explanation: 'Seconds and milliseconds were mixed up.',
    fix: 'Sign the timestamp text exactly as it is sent, and read it in the unit that the provider documents.',
  },
  'timestamp-source': {
    explanation: 'There are several times in this request, and another one was signed.',
    fix: 'Take the timestamp from the place that the provider names, as text, for the signed content.',
  },
  'url-mismatch': {
    explanation:
      'The URL is part of what is signed, and the sender saw another one than this request shows: a proxy or tunnel stands between.',
    fix: 'Set the public URL of the endpoint to the one that the provider has, or have the proxy pass X-Forwarded-Proto and X-Forwarded-Host and trust them.',
  },
  'signature-encoding': {
    explanation: 'The signature is right, but it is written in another way.',
    fix: 'Compare signatures as bytes, after decoding them from the encoding that the provider uses, or make the sender write it so.',
  },
  algorithm: {
    explanation: 'The signature was made with another digest.',
    fix: 'Use the same algorithm on both sides; see which one the provider’s settings name.',
  },
  scheme: {
    explanation: 'Another provider’s rule verifies this delivery.',
    fix: 'Choose that scheme for this endpoint, or look why its deliveries come here.',
  },
  'signed-content': {
    explanation:
      'The secret and the body are right, but the text that was signed is put together differently.',
    fix: 'Build the signed content exactly as documented: every part, in order, with its separators.',
  },
  clock: {
    explanation: 'The signature is right. This machine’s clock is wrong.',
    fix: 'Synchronise the clock (NTP); after sleep, virtual machines and containers often need that.',
  },
  stale: {
    explanation:
      'The signature is right, but it is too old: a late retry, or an old request sent again.',
    fix: 'Sign it anew to test with it; for late retries, answer faster or widen the tolerance, knowing that it is there against replays.',
  },
  future: {
    explanation: 'The signature is right, but it says that it was made in the future.',
    fix: 'Compare the sender’s clock with this machine’s.',
  },
  'header-missing': {
    explanation: 'The request lacks something that the scheme needs.',
    fix: 'Look whether the sender has signing switched on, and whether a proxy drops or renames the header.',
  },
  'no-match': {
    explanation:
      'No signature matched under any hypothesis: neither the secrets here, in any reading, nor any usual change of the body, time, URL or signature explains it. This is advice, not a finding.',
    fix: 'Most likely the secret is another one: copy it anew from the provider for exactly this endpoint and mode. If it is right, the body was changed in a way that cannot be undone.',
  },
}
