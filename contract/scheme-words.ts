/** What a field of a scheme is called, and what to write there. */
export interface SchemeWord {
  label: string
  hint: string
}

/**
 * The fields of a scheme in words, by path (`[]` stands for any item): the labels of the form, the
 * descriptions in the JSON Schema, and what a sentence about a missing field says to write.
 */
export const schemeWords: Readonly<Record<string, SchemeWord>> = {
  id: { label: 'Id', hint: 'lower-case letters, digits and hyphens, such as my-service' },
  name: { label: 'Name', hint: 'what people call the sender' },
  documentationUrl: {
    label: 'Documentation',
    hint: 'the https:// address of the page that says how it signs',
  },
  confidence: {
    label: 'How sure',
    hint: 'what confirms these rules: {"kind": "unconfirmed", "by": ""} while nothing does',
  },
  'confidence.kind': {
    label: 'Confirmed by',
    hint: 'sdk-run, sdk-read, documentation, third-party or unconfirmed',
  },
  'confidence.by': { label: 'By whom', hint: 'the package with its version, or whose page it is' },
  algorithm: { label: 'Algorithm', hint: 'how it signs, such as hmac-sha256' },
  key: {
    label: 'Key',
    hint: 'how key bytes come out of the secret’s text: utf8, utf8-nfkd, hex, base64, base64url, base64-after-whsec, base64-after-whsec-else-utf8, base64-after-last-underscore, sha1-of-utf8 or public-key; of several in a list all are tried',
  },
  keyText: {
    label: 'Key text',
    hint: 'the text of which the key is made, from {secret} and {settings.NAME}; default {secret}',
  },
  secretHint: { label: 'Secret', hint: 'what the secret is and where the sender shows it' },
  secretPrefix: { label: 'Secret begins with', hint: 'a fixed beginning, such as whsec_' },
  secretPattern: { label: 'Secret pattern', hint: 'a regular expression of a right secret' },
  keySource: {
    label: 'Key source',
    hint: 'where the key would be fetched from; it is never fetched by itself',
  },
  settings: { label: 'Settings', hint: 'values that it needs beside the secret' },
  'settings[].name': { label: 'Name', hint: 'letters and digits, used as {settings.NAME}' },
  'settings[].label': { label: 'Label', hint: 'what people read' },
  'settings[].hint': { label: 'Hint', hint: 'where the value is found' },
  'settings[].kind': { label: 'Kind', hint: 'text, url or secret' },
  'settings[].required': { label: 'Required', hint: 'whether nothing can be checked without it' },
  'settings[].alsoKey': {
    label: 'Is a key too',
    hint: 'a secret one that verifies just as the secret does',
  },
  signature: { label: 'Signature', hint: 'where the signature stands and how it is written' },
  'signature.place': {
    label: 'Signature place',
    hint: '{"header": "X-Signature"}, {"json": "path.in.body"} or {"form": "field"}',
  },
  'signature.further': { label: 'Further headers', hint: 'headers with signatures of that kind' },
  'signature.encoding': {
    label: 'Encoding',
    hint: 'hex, upper-hex, base64, base64url, or text for a credential',
  },
  'signature.prefix': { label: 'Prefix', hint: 'a fixed beginning, such as sha256=' },
  'signature.list': {
    label: 'Entries separated by',
    hint: 'for a header with several entries, such as t=1,v1=ab: a comma',
  },
  'signature.pair': { label: 'Name and value separated by', hint: 'in such entries: =' },
  'signature.version': { label: 'Signature entry', hint: 'the name of the entry, such as v1' },
  'signature.bare': { label: 'Bare entries', hint: 'entries without a name are signatures too' },
  'signature.positions': {
    label: 'Positions',
    hint: 'without names: what the first entries are called; those after them are signatures',
  },
  'signature.timestampField': {
    label: 'Timestamp entry',
    hint: 'an entry that repeats a timestamp whose own place is elsewhere',
  },
  'signature.repeatedField': {
    label: 'Repeated entries',
    hint: 'which of several entries of one name counts: first or last',
  },
  'signature.written': {
    label: 'Written as',
    hint: 'the whole header as it is written, with {signature}, {timestamp} and {settings.NAME}',
  },
  'signature.trim': { label: 'Trim', hint: 'blanks around entries are ignored' },
  'signature.repeatable': { label: 'Repeatable', hint: 'the header may occur more than once' },
  'signature.ecdsa': { label: 'ECDSA form', hint: 'der or p1363' },
  timestamp: { label: 'Timestamp', hint: 'its place and unit, or null when there is none' },
  'timestamp.place': { label: 'Timestamp place', hint: '{"header": "…"}, {"field": "t"}, …' },
  'timestamp.unit': {
    label: 'Unit',
    hint: 's, ms, s-or-ms, iso8601, iso8601-no-zone, http-date or any',
  },
  'timestamp.age': { label: 'Age', hint: 'counted in whole-seconds or exact' },
  'timestamp.jsonType': { label: 'JSON type', hint: 'number or string, where only one is right' },
  messageId: { label: 'Message id', hint: 'the place of the id, or null when there is none' },
  newMessageId: {
    label: 'New message ids',
    hint: '{"prefix": "msg_"} or "uuid", where the id stands in a header',
  },
  eventType: { label: 'Event type', hint: 'places that are tried in turn; [] when there are none' },
  content: {
    label: 'Signed content',
    hint: '{timestamp}.{body}: also {id} {method} {url} {path} {secret} {header:NAME} {query:NAME} {json:PATH} {settings.NAME}',
  },
  signedBody: { label: 'Signed body', hint: 'raw, or compact-json when it is re-serialised' },
  jwt: { label: 'JWT', hint: 'when a JSON Web Token stands for the signature' },
  'jwt.times': { label: 'Times', hint: 'exp-nbf or iat' },
  bodyHash: { label: 'Body digest', hint: 'a digest of the body elsewhere in the request' },
  requiredHeaders: { label: 'Required headers', hint: 'headers that must say exactly this' },
  tolerance: {
    label: 'Tolerance',
    hint: '{"pastSeconds": 300, "futureSeconds": 300}, or null when age does not count',
  },
  'tolerance.pastSeconds': { label: 'Oldest, in seconds', hint: 'such as 300' },
  'tolerance.futureSeconds': { label: 'Most ahead, in seconds', hint: 'null: any future passes' },
  challenges: { label: 'Handshakes', hint: 'exchanges in which the sender asks for an answer' },
  recognition: { label: 'Recognition', hint: 'what betrays a delivery of this scheme' },
  'recognition.headers': { label: 'Headers', hint: 'all of these are there' },
  'recognition.signaturePattern': {
    label: 'Signature pattern',
    hint: 'a regular expression that the signature’s text matches',
  },
  'recognition.confidence': {
    label: 'How sure that makes',
    hint: 'certain, likely, or possible when others send the same',
  },
  'recognition.userAgent': { label: 'User-Agent', hint: 'a regular expression' },
  sdk: { label: 'SDK', hint: 'what the sender’s own package does otherwise; makes notices only' },
  sample: { label: 'Sample', hint: 'an unsigned request like the sender’s, for test webhooks' },
  'sample.method': { label: 'Method', hint: 'POST' },
  'sample.targetSuffix': { label: 'Target suffix', hint: 'appended to the path; mostly empty' },
  'sample.headers': { label: 'Headers', hint: 'pairs of name and value' },
  'sample.body': { label: 'Body', hint: 'JSON, or a text that is sent as it is' },
  retries: { label: 'Retries', hint: 'when and how often it is sent again, in one sentence' },
  retrySchedule: { label: 'Retry schedule', hint: 'when each attempt is documented' },
  'retrySchedule.gapsSeconds': {
    label: 'Seconds between attempts',
    hint: 'such as [5, 300, 1800]',
  },
  'retrySchedule.gapsSeconds[]': { label: 'Seconds between attempts', hint: 'such as 300' },
  'retrySchedule.url': { label: 'Where it is documented', hint: 'when it is another page' },
  answerWithinSeconds: { label: 'Answer within, in seconds', hint: 'such as 10' },
  urlNeeds: { label: 'What URLs it takes', hint: 'where it refuses some, or reaches only some' },
  'urlNeeds.https': { label: 'Only https', hint: 'true: it refuses http:// URLs' },
  'urlNeeds.public': { label: 'Only public', hint: 'true: it sends from the internet' },
  'urlNeeds.sentence': {
    label: 'Said where the URL is copied',
    hint: 'one sentence, such as “NotifyKit takes only https:// URLs.”',
  },
  answersByVerdict: {
    label: 'Its set-up test wants refusals',
    hint: 'true: an endpoint answers 401 to what is not valid, unless it is told otherwise',
  },
  quirks: { label: 'Quirks', hint: 'what surprises people, one sentence each; [] when nothing' },
}

/** `settings.0.name` and `settings[0].name` as `settings[].name`: the key of the words above. */
export function wordAt(path: string): SchemeWord | null {
  return schemeWords[path.replace(/\[\d+\]/g, '[]')] ?? null
}
