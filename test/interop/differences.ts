/**
 * Where a package decides otherwise than our engine and no notice says so, by scheme: each with its
 * reason. All else that `differential.test.ts` finds is a bug in one of the two.
 */

/** We say `valid`, the package refuses. */
export const refusedByPackage: Record<string, { mutations: string[]; why: string }> = {
  braintree: {
    mutations: ['form: + for %2B', 'form: broken percent'],
    why: 'both were signed as they are; the package then parses the XML, which they broke',
  },
  cloudinary: {
    mutations: ['clock +7200 s 500 ms', 'clock +7200 s 999 ms'],
    why: 'rounds its clock, so that half a second counts as one',
  },
  contentful: {
    mutations: ['clock +30 s 0 ms'],
    why: 'takes exactly the limit for too old; here the limit is inside',
  },
  lark: {
    mutations: ['body: __proto__'],
    why: 'its README merges the parsed body with Object.assign, which sets the prototype',
  },
  liveblocks: {
    mutations: ['body: a name twice, after'],
    why: 'refuses event types that it does not know once the signature is right',
  },
  meta: {
    mutations: ['body: members reversed'],
    why: 'escapes what is not ASCII before it checks, as Meta does before it signs',
  },
  novu: { mutations: ['PUT'], why: 'serves GET, POST and OPTIONS only' },
  orb: {
    mutations: ['wrong one last'],
    why: 'two headers of that name are joined with a comma, which it takes for part of the first',
  },
  'plivo-v3': {
    mutations: ['url: IPv6'],
    why: 'its URL parser does not know hosts in brackets',
  },
  polar: {
    mutations: ['body: a name twice, after'],
    why: 'refuses event types that it does not know once the signature is right',
  },
  telegram: {
    mutations: ['body: cut short', 'body: empty'],
    why: 'the token is right and covers no body; the package then parses it',
  },
}

/** Rewritings that a lax reader does not notice, by what it does. */
const laxity = {
  /** parseInt or Number over a timestamp. */
  number: [
    ...['zero before', 'plus before', 'fraction after', 'exponent after', 'number rewritten'],
    ...['number with a tail', 'sent twice', 'wrong one last', 'entries doubled'],
    ...['wrong list last', 'wrong last entry last', 'unknown entry last', 'empty entries'],
    ...['comma after', 'letter after', 'not ASCII after', 'padding added'],
  ],
  /** Reads up to the next separator, or as many bytes as it needs, and no further. */
  tail: [
    ...['comma after', 'letter after', 'not ASCII after', 'padding added', 'fraction after'],
    ...['sent twice', 'wrong one last', 'entries doubled', 'wrong list last', 'empty entries'],
    ...['wrong last entry last', 'unknown entry last', 'exponent after', 'cut short'],
    ...['padding dropped', 'other alphabet'],
  ],
  /** Looks for the first match anywhere, or does not compare what stands before. */
  front: [
    ...['zero before', 'plus before', 'prefix upper case', 'prefix dropped', 'comma before'],
    ...['in quotes', 'unknown entry first', 'number rewritten', 'wrong list first'],
    ...['entries reversed'],
  ],
  /** Trims around `=`. */
  blanks: ['blanks around pairs', 'blanks between'],
  case: ['upper case'],
  /** Writes the parsed body anew. */
  reserialised: [
    ...['body: line feed after', 'body: blank before', 'body: blanks between tokens'],
    ...['body: escaped letter'],
  ],
} as const
export type Laxity = keyof typeof laxity

export const rewritingsOf = (name: Laxity): readonly string[] => laxity[name]

/** The package accepts, we do not. */
export const acceptedByPackage: Record<
  string,
  { lax: Laxity[]; mutations?: string[]; why: string }
> = {
  braintree: {
    lax: [],
    mutations: ['form: ? before'],
    why: 'the package gets the two fields alone',
  },
  chargebee: { lax: ['tail'], why: 'decodes base64 and passes over what is none' },
  clerk: {
    lax: ['number', 'tail'],
    mutations: ['body: byte-order mark'],
    why: 'parseInt; an entry ends at its second comma; Request.text() drops the mark',
  },
  cloudinary: { lax: ['number'], why: 'the caller makes the timestamp a number' },
  contentful: { lax: ['number'], mutations: ['PUT'], why: 'parseInt; the case always says POST' },
  crisp: { lax: ['number', 'reserialised'], why: 'the caller makes number and JSON' },
  discord: { lax: ['case', 'tail'], why: 'decodes hex in either case and passes over half a byte' },
  dodo: { lax: ['number', 'tail'], why: 'parseInt; an entry ends at its second comma' },
  hook0: { lax: ['number', 'tail', 'blanks'], why: 'parseInt, and hex up to what is none' },
  hygraph: { lax: ['front'], why: 'takes a signature without its name' },
  imagekit: { lax: ['number', 'tail'], why: 'parseInt; an entry ends at its second =' },
  lark: { lax: ['reserialised'], why: 'writes the parsed body anew' },
  liveblocks: { lax: ['tail', 'front'], why: 'does not look at the version' },
  livekit: { lax: ['tail'], why: 'decodes base64 and passes over what is none' },
  lovable: { lax: [], mutations: ['body: byte-order mark'], why: 'Request.text() drops the mark' },
  mercadopago: { lax: ['front', 'blanks'], why: 'names in either case, blanks around =' },
  messagebird: { lax: ['tail'], why: 'decodes base64 and passes over what is none' },
  meta: {
    lax: ['tail', 'front'],
    why: 'cuts seven characters off and compares no more than needed',
  },
  mux: { lax: ['number', 'tail'], why: 'parseInt; an entry ends at its second =' },
  onfido: { lax: ['case', 'tail'], why: 'decodes hex up to what is none' },
  openai: { lax: ['front'], why: 'takes a signature without its version' },
  orb: {
    lax: ['tail'],
    mutations: ['clock +300 s 1 ms', 'clock +300 s 500 ms', 'clock +300 s 999 ms'],
    why: 'drops the milliseconds of its own clock; an entry ends at its second =',
  },
  paddle: { lax: ['number', 'tail'], why: 'parseInt; an entry ends at its second =' },
  polar: { lax: ['number'], why: 'Number' },
  qstash: { lax: ['tail'], why: 'decodes base64 and passes over what is none' },
  replicate: { lax: ['tail', 'front'], why: 'does not look at the version' },
  resend: { lax: ['number', 'tail'], why: 'parseInt; an entry ends at its second comma' },
  retell: { lax: ['front'], why: 'looks for v=…,d=… anywhere' },
  sendgrid: {
    lax: ['tail', 'front', 'blanks'],
    why: 'decodes base64 and DER and passes over what is none',
  },
  slack: { lax: ['number', 'tail'], why: 'Number; the signature ends at its second =' },
  'standard-webhooks': { lax: ['tail'], why: 'an entry ends at its second comma' },
  stripe: { lax: ['tail'], why: 'an entry ends at its second =' },
  svix: { lax: ['tail'], why: 'an entry ends at its second comma' },
  telnyx: {
    lax: ['tail', 'front', 'blanks'],
    mutations: ['clock -300 s -1000 ms', 'clock -300 s -500 ms', 'clock -300 s -1 ms'],
    why: 'decodes base64 and passes over what is none; 2.1.0 does not look at the future',
  },
  terra: { lax: ['tail', 'blanks'], why: 'hex up to what is none, blanks around =' },
  vonage: {
    lax: ['front', 'reserialised'],
    mutations: [
      ...['body: byte-order mark', 'body: not UTF-8', 'body: cut short', 'body: empty'],
      ...['body: a name twice', 'body: a name twice, after', 'body: __proto__'],
      ...['body: members reversed'],
    ],
    why: 'does not look at payload_hash, and gets the token without “Bearer ”',
  },
  workos: { lax: ['tail', 'front'], why: 'does not look at the names of entries' },
  zoom: { lax: ['number', 'reserialised'], why: 'Number; writes the parsed body anew' },
}
