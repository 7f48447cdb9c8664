/** Standard Webhooks and the providers whose own packages follow it. */
import { verifyWebhook } from '@clerk/backend/webhooks'
import { WebhookHandler } from '@liveblocks/node'
import { webhooks as polarWebhooks } from '@polar-sh/sdk/2026-10'
import DodoPayments from 'dodopayments'
import OpenAI from 'openai'
import { validateWebhook } from 'replicate'
import { Resend } from 'resend'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { hmac, nowSeconds } from './by-rule.ts'
import {
  fetchRequest,
  header,
  headers,
  jsonRequest,
  passes,
  text,
  withHeaders,
  type InteropCase,
  type InteropRequest,
} from './interop-case.ts'

const WHSEC = `whsec_${Buffer.from('countersign interop test key').toString('base64')}`
const WHSEC_KEY = Buffer.from(WHSEC.slice('whsec_'.length), 'base64')

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function signByRule(request: InteropRequest, prefix: string, key: Buffer): InteropRequest {
  const timestamp = String(nowSeconds())
  const signature = hmac('sha256', key, `msg_1.${timestamp}.${text(request)}`, 'base64')
  return withHeaders(request, {
    [`${prefix}-id`]: 'msg_1',
    [`${prefix}-timestamp`]: timestamp,
    [`${prefix}-signature`]: `v1,${signature}`,
  })
}

/** With the `sign` of the reference library, or of Svix's own. */
function signWith(request: InteropRequest, prefix: string, sdk: StandardWebhook | SvixWebhook) {
  const now = new Date()
  return withHeaders(request, {
    [`${prefix}-id`]: 'msg_1',
    [`${prefix}-timestamp`]: String(Math.floor(now.getTime() / 1000)),
    [`${prefix}-signature`]: sdk.sign('msg_1', now, text(request)),
  })
}

const byRule = {
  secret: WHSEC,
  request: jsonRequest(),
  signedBy: 'rule',
  sign: (request: InteropRequest) => signByRule(request, 'webhook', WHSEC_KEY),
} as const

const POLAR_SECRET = 'polar_whs_interop'

export const standardWebhooks: InteropCase[] = [
  {
    ...byRule,
    scheme: 'svix',
    sdk: 'svix',
    signedBy: 'sdk',
    sign: (request) => signWith(request, 'svix', new SvixWebhook(WHSEC)),
    verify: (request, secret) =>
      passes(() => new SvixWebhook(secret).verify(text(request), headers(request))),
  },
  {
    ...byRule,
    scheme: 'standard-webhooks',
    sdk: 'standardwebhooks',
    signedBy: 'sdk',
    sign: (request) => signWith(request, 'webhook', new StandardWebhook(WHSEC)),
    verify: (request, secret) =>
      passes(() => new StandardWebhook(secret).verify(text(request), headers(request))),
  },
  {
    ...byRule,
    scheme: 'clerk',
    sdk: '@clerk/backend',
    sign: (request) => signByRule(request, 'svix', WHSEC_KEY),
    verify: (request, secret) =>
      passes(() => verifyWebhook(fetchRequest(request), { signingSecret: secret })),
  },
  {
    ...byRule,
    scheme: 'resend',
    sdk: 'resend',
    sign: (request) => signByRule(request, 'svix', WHSEC_KEY),
    verify: (request, secret) =>
      passes(() =>
        new Resend('re_none').webhooks.verify({
          payload: text(request),
          headers: {
            id: header(request, 'svix-id'),
            timestamp: header(request, 'svix-timestamp'),
            signature: header(request, 'svix-signature'),
          },
          webhookSecret: secret,
        }),
      ),
  },
  {
    ...byRule,
    scheme: 'openai',
    sdk: 'openai',
    verify: (request, secret) =>
      passes(() =>
        new OpenAI({ apiKey: 'none' }).webhooks.verifySignature(
          text(request),
          headers(request),
          secret,
        ),
      ),
  },
  {
    ...byRule,
    scheme: 'replicate',
    sdk: 'replicate',
    verify: (request, secret) =>
      validateWebhook({
        id: header(request, 'webhook-id'),
        timestamp: header(request, 'webhook-timestamp'),
        signature: header(request, 'webhook-signature'),
        body: text(request),
        secret,
      }),
  },
  {
    ...byRule,
    scheme: 'liveblocks',
    sdk: '@liveblocks/node',
    request: jsonRequest(
      JSON.stringify({ type: 'storageUpdated', data: { roomId: 'Grüße unchanged' } }),
    ),
    verify: (request, secret) =>
      passes(() =>
        new WebhookHandler(secret).verifyRequest({
          headers: headers(request),
          rawBody: text(request),
        }),
      ),
  },
  {
    ...byRule,
    scheme: 'polar',
    sdk: '@polar-sh/sdk',
    secret: POLAR_SECRET,
    sign: (request) => signByRule(request, 'webhook', Buffer.from(POLAR_SECRET)),
    verify: (request, secret) =>
      passes(() => polarWebhooks.validateEvent(text(request), headers(request), secret)),
  },
  {
    ...byRule,
    scheme: 'dodo',
    sdk: 'dodopayments',
    verify: (request, secret) =>
      passes(() =>
        new DodoPayments({ bearerToken: 'none' }).webhooks.unwrap(text(request), {
          headers: headers(request),
          key: secret,
        }),
      ),
  },
]
