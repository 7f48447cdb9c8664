/** Payments, billing and shops. */
import { Paddle } from '@paddle/paddle-node-sdk'
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api'
import '@shopify/shopify-api/adapters/web-api'
import { Metronome } from '@metronome/sdk'
import { Cashfree } from 'cashfree-pg'
import { basicAuthValidator } from 'chargebee'
import coinbase from 'coinbase-commerce-node'
import { verifySignature as verifyGocardless } from 'gocardless-nodejs/webhooks'
import { WebhookSignatureValidator } from 'mercadopago'
import ModernTreasury from 'modern-treasury'
import Orb from 'orb-billing'
import Razorpay from 'razorpay'
import { Stripe } from 'stripe'
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

const SECRET = 'countersign-interop-secret'
const base = { secret: SECRET, request: jsonRequest(), signedBy: 'rule' } as const

const stripe = new Stripe('sk_test_none')
const orb = new Orb({ apiKey: 'none' })
const metronome = new Metronome({ bearerToken: 'none' })
const modernTreasury = new ModernTreasury({
  apiKey: 'none',
  organizationID: 'none',
  webhookKey: SECRET,
})
const shopify = (apiSecretKey: string) =>
  shopifyApi({
    apiKey: 'none',
    apiSecretKey,
    hostName: 'hooks.example.test',
    apiVersion: ApiVersion.January26,
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  })

const CHARGEBEE_LOGIN = 'interop:päss:word'

export const payments: InteropCase[] = [
  {
    ...base,
    scheme: 'stripe',
    sdk: 'stripe',
    signedBy: 'sdk',
    sign: (request) =>
      withHeaders(request, {
        'Stripe-Signature': stripe.webhooks.generateTestHeaderString({
          payload: text(request),
          secret: SECRET,
        }),
      }),
    verify: (request, secret) =>
      passes(() =>
        stripe.webhooks.constructEvent(text(request), header(request, 'stripe-signature'), secret),
      ),
  },
  {
    ...base,
    scheme: 'paddle',
    sdk: '@paddle/paddle-node-sdk',
    sign: (request) => {
      const ts = nowSeconds()
      const signature = hmac('sha256', SECRET, `${ts}:${text(request)}`)
      return withHeaders(request, { 'Paddle-Signature': `ts=${ts};h1=${signature}` })
    },
    verify: (request, secret) =>
      new Paddle('none').webhooks.isSignatureValid(
        text(request),
        secret,
        header(request, 'paddle-signature'),
      ),
  },
  {
    ...base,
    scheme: 'shopify',
    sdk: '@shopify/shopify-api',
    request: withHeaders(jsonRequest(), {
      'X-Shopify-Topic': 'orders/create',
      'X-Shopify-Shop-Domain': 'interop.myshopify.com',
      'X-Shopify-API-Version': '2026-01',
      'X-Shopify-Webhook-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
    }),
    sign: (request) =>
      withHeaders(request, {
        'X-Shopify-Hmac-Sha256': hmac('sha256', SECRET, text(request), 'base64'),
      }),
    verify: async (request, secret) => {
      const rawRequest = fetchRequest(request)
      const { valid } = await shopify(secret).webhooks.validate({
        rawBody: text(request),
        rawRequest,
      })
      return valid
    },
  },
  {
    ...base,
    scheme: 'razorpay',
    sdk: 'razorpay',
    sign: (request) =>
      withHeaders(request, { 'X-Razorpay-Signature': hmac('sha256', SECRET, text(request)) }),
    verify: (request, secret) =>
      Razorpay.validateWebhookSignature(
        text(request),
        header(request, 'x-razorpay-signature'),
        secret,
      ),
  },
  {
    ...base,
    scheme: 'gocardless',
    sdk: 'gocardless-nodejs',
    sign: (request) =>
      withHeaders(request, { 'Webhook-Signature': hmac('sha256', SECRET, text(request)) }),
    verify: (request, secret) =>
      passes(() => verifyGocardless(text(request), secret, header(request, 'webhook-signature'))),
  },
  {
    ...base,
    scheme: 'coinbase-commerce',
    sdk: 'coinbase-commerce-node',
    sign: (request) =>
      withHeaders(request, { 'X-CC-Webhook-Signature': hmac('sha256', SECRET, text(request)) }),
    verify: (request, secret) =>
      passes(() =>
        coinbase.Webhook.verifyEventBody(
          text(request),
          header(request, 'x-cc-webhook-signature'),
          secret,
        ),
      ),
  },
  {
    ...base,
    scheme: 'cashfree',
    sdk: 'cashfree-pg',
    sign: (request) => {
      const timestamp = String(Date.now())
      return withHeaders(request, {
        'x-webhook-timestamp': timestamp,
        'x-webhook-signature': hmac('sha256', SECRET, timestamp + text(request), 'base64'),
      })
    },
    verify: (request, secret) => {
      Cashfree.XClientSecret = secret
      return passes(() =>
        Cashfree.PGVerifyWebhookSignature(
          header(request, 'x-webhook-signature'),
          text(request),
          header(request, 'x-webhook-timestamp'),
        ),
      )
    },
  },
  {
    ...base,
    scheme: 'mercadopago',
    sdk: 'mercadopago',
    request: withHeaders(jsonRequest(undefined, '/in/interop?data.id=123456&type=payment'), {
      'x-request-id': 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e',
    }),
    sign: (request) => {
      const ts = nowSeconds()
      const content = `id:123456;request-id:${header(request, 'x-request-id')};ts:${ts};`
      return withHeaders(request, {
        'x-signature': `ts=${ts},v1=${hmac('sha256', SECRET, content)}`,
      })
    },
    verify: (request, secret) =>
      passes(() =>
        WebhookSignatureValidator.validate({
          xSignature: header(request, 'x-signature'),
          xRequestId: header(request, 'x-request-id'),
          dataId: new URL(request.url).searchParams.get('data.id') ?? undefined,
          secret,
        }),
      ),
    // The body is not signed.
    change: (request) => ({ ...request, url: request.url.replace('123456', '123457') }),
  },
  {
    ...base,
    scheme: 'orb',
    sdk: 'orb-billing',
    sign: (request) => {
      const timestamp = new Date().toISOString().replace('Z', '')
      return withHeaders(request, {
        'X-Orb-Timestamp': timestamp,
        'X-Orb-Signature': `v1=${hmac('sha256', SECRET, `v1:${timestamp}:${text(request)}`)}`,
      })
    },
    verify: (request, secret) =>
      passes(() => orb.webhooks.verifySignature(text(request), headers(request), secret)),
  },
  {
    ...base,
    scheme: 'metronome',
    sdk: '@metronome/sdk',
    sign: (request) => {
      const date = new Date().toUTCString()
      return withHeaders(request, {
        'X-Metronome-Date': date,
        'Metronome-Webhook-Signature': hmac('sha256', SECRET, `${date}\n${text(request)}`),
      })
    },
    verify: (request, secret) =>
      passes(() => metronome.webhooks.verifySignature(text(request), headers(request), secret)),
  },
  {
    ...base,
    scheme: 'modern-treasury',
    sdk: 'modern-treasury',
    signedBy: 'sdk',
    sign: (request) =>
      withHeaders(request, { 'X-Signature': modernTreasury.webhooks.getSignature(text(request)) }),
    verify: (request, secret) =>
      modernTreasury.webhooks.validateSignature(text(request), headers(request), { key: secret }),
  },
  {
    ...base,
    scheme: 'chargebee',
    sdk: 'chargebee',
    secret: CHARGEBEE_LOGIN,
    sign: (request) =>
      withHeaders(request, {
        Authorization: `Basic ${Buffer.from(CHARGEBEE_LOGIN).toString('base64')}`,
      }),
    verify: (request, secret) =>
      passes(() =>
        basicAuthValidator((user, password) => `${user}:${password}` === secret)(headers(request)),
      ),
    // The body is not covered.
    change: changeLogin,
  },
]

function changeLogin(request: InteropRequest): InteropRequest {
  const login = Buffer.from(CHARGEBEE_LOGIN.replace('word', 'worD')).toString('base64')
  return withHeaders(request, { Authorization: `Basic ${login}` })
}
