/** `cardNumber`, `card_number` and `card-number` are the words `card` and `number`. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 100)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
}

const card =
  /^(?:(?:credit|debit|bank|payment)?cards?(?:no|num|number)?|pans?|cc(?:no|num|number)?)$/
const number = /^(?:number|num|no|account|acct|payment)$/
const notCard = new Set(
  (
    'id ids uid uuid guid gid pid snowflake timestamp ts time at date created updated modified ' +
    'expires ms us ns nanos micros millis phone phones tel telephone mobile fax msisdn whatsapp ' +
    'imei iccid tracking ean gtin upc isbn sku barcode ref reference order invoice transaction ' +
    'seq sequence offset size bytes version nonce cursor hash checksum amount total balance iban'
  ).split(' '),
)
/** `userid` in one word; `paid` and `valid` are no ids. */
const gluedId =
  /(?:user|post|message|page|tweet|order|item|object|account|chat|channel|guild|event|group|app|client|customer|product|fb|media|thread|request|trace|span)ids?$/

/** Whether a field is about a card by its name, could be by it, or is about something else. */
export function cardSense(name: string): 'card' | 'number' | 'unknown' | 'other' {
  const words = wordsOf(name)
  if (words.some((word) => card.test(word))) return 'card'
  if (words.some((word) => notCard.has(word) || gluedId.test(word))) return 'other'
  return words.some((word) => number.test(word)) ? 'number' : 'unknown'
}

/** Most names are told by this alone. */
const maybeSecret = /pass|pwd|secret|key|token/i
const passwordEnd =
  /(?:password|passwd|passwort|pwd|passphrase|passcode|secret|secretkey|secretaccesskey)$/
const passwordConfirmation = /password(?:confirmation|confirm|repeat|again|verify)$/
const keyEnd = /(?:apikey|accesskey|privatekey|signingkey|encryptionkey)$/
const tokenEnd = /(?:api|access|refresh|auth|bearer|session|security|oauth)token$/

/** What a field holds by its name; `null`: nothing that has to stay secret. */
export function secretSense(name: string): 'password-field' | 'api-key' | 'token' | null {
  if (!maybeSecret.test(name)) return null
  const glued = wordsOf(name).join('')
  if (passwordEnd.test(glued) || passwordConfirmation.test(glued)) return 'password-field'
  if (keyEnd.test(glued)) return 'api-key'
  return tokenEnd.test(glued) ? 'token' : null
}
