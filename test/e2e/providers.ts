import { createHmac } from 'node:crypto'
import { sign as signGithub } from '@octokit/webhooks-methods'
import { Stripe } from 'stripe'
import { Webhook } from 'svix'

/** A secret as Svix gives it out. */
export function whsec(text: string): string {
  return `whsec_${Buffer.from(text.padEnd(24, '.')).toString('base64')}`
}

const json = ['Content-Type', 'application/json']

/** Headers that the `svix` package makes. `signatures` adds others before its own. */
export function svixHeaders(
  secret: string,
  body: string,
  options: { id?: string; at?: Date; before?: string[] } = {},
): string[] {
  const { id = 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj', at = new Date(), before = [] } = options
  const signature = [...before, new Webhook(secret).sign(id, at, body)].join(' ')
  const seconds = String(Math.floor(at.getTime() / 1000))
  return [...json, 'svix-id', id, 'svix-timestamp', seconds, 'svix-signature', signature]
}

export function stripeHeaders(secret: string, payload: string): string[] {
  const { webhooks } = new Stripe('sk_test_none')
  return [...json, 'Stripe-Signature', webhooks.generateTestHeaderString({ payload, secret })]
}

export async function githubHeaders(secret: string, body: string, id: string): Promise<string[]> {
  const signature = await signGithub(secret, body)
  const own = ['X-GitHub-Event', 'push', 'X-GitHub-Delivery', id]
  return [...json, ...own, 'X-Hub-Signature-256', signature]
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}

/** As Novu's cloud signs for a bridge: milliseconds, as its SDK expects them. */
export function novuHeaders(secret: string, body: string, atMs = Date.now()): string[] {
  return [...json, 'Novu-Signature', `t=${atMs},v1=${hmac(secret, `${atMs}.${body}`)}`]
}

/** As NotifyKit documents it; its SDK is not on npm. */
export function notifykitHeaders(secret: string, body: string): string[] {
  const at = Math.floor(Date.now() / 1000)
  const signature = `t=${at},v1=${hmac(secret, `${at}.${body}`)}`
  return [...json, 'X-Webhook-Timestamp', String(at), 'X-Webhook-Signature', signature]
}
