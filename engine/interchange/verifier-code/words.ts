import type { Plan, Proof } from './plan.ts'

/** What belongs into the variable with the secrets: one or two lines of a comment. */
export function secretComment(plan: Plan): string[] {
  const what = wrap(`Secret: ${plan.secretHint.replace(/\s+/g, ' ').replace(/\.$/, '')}.`, 88)
  const between = plan.separator === ',' ? 'commas' : 'semicolons'
  const also = plan.alsoKeys.length > 0 ? ` (${plan.alsoKeys.join(', ')} among them)` : ''
  return [
    ...what,
    `Several${also} are separated by ${between}, so that the old one still counts while you rotate.`,
  ]
}

function wrap(text: string, width: number): string[] {
  const found: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      found.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...found, line]
}

/** What the receiver answers when no signature matches. */
export function mismatch({ kind }: Proof): string {
  return kind === 'token' || kind === 'basic'
    ? 'The credential is wrong.'
    : 'The signature does not match.'
}

/** What a public key may be written as, between `PEM` and `or DER in base64`. */
export function keyForms(kind: Proof['kind']): string {
  if (kind === 'rsa') return ', a certificate'
  return kind === 'ed25519' ? ', JWK, hex, base64' : ', JWK'
}

/** `standard-webhooks` is StandardWebhooksWebhook. */
export function className(id: string): string {
  const words = id.split('-').map((word) => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)
  return `${words.join('')}Webhook`
}

/** What the check proves: `Stripe sent this and it is fresh`. */
export function proven(plan: Plan): string {
  return `${plan.name} sent this${plan.age || plan.token ? ' and it is fresh' : ''}`
}
