/** Content, media and documents. */
import { signRequest, verifyRequest } from '@contentful/node-apps-toolkit'
import { EventCallbackHelper, EventCallbackRequest } from '@dropbox/sign'
import { generateWebhookSignature, verifyWebhookSignature as verifyHygraph } from '@hygraph/utils'
import { signatureHelper } from '@kontent-ai/webhook-helper'
import { Mux } from '@mux/mux-node'
import { signWebhookPayload, verifyWebhookSignature as verifyNotion } from '@notionhq/client'
import { encodeSignatureHeader, isValidSignature } from '@sanity/webhook'
import { v2 as cloudinary } from 'cloudinary'
import ImageKit from 'imagekit'
import { createHash } from 'node:crypto'
import { WebflowClient } from 'webflow-api'
import { hmac, nowSeconds } from './by-rule.ts'
import {
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

const CONTENTFUL_SECRET = createHash('sha256').update(SECRET).digest('hex')
const mux = new Mux({ tokenId: 'none', tokenSecret: 'none' })
const webflow = new WebflowClient({ accessToken: 'none' })
const imagekit = new ImageKit({
  publicKey: 'none',
  privateKey: 'none',
  urlEndpoint: 'https://ik.example.test',
})

function canonical(request: InteropRequest) {
  const { pathname, search } = new URL(request.url)
  return {
    method: 'POST' as const,
    path: pathname + search,
    headers: headers(request),
    body: text(request),
  }
}

const SIGN_EVENT = '{"event":{"event_time":"1760000000","event_type":"unchanged"}}'

export const content: InteropCase[] = [
  {
    ...base,
    scheme: 'contentful',
    sdk: '@contentful/node-apps-toolkit',
    secret: CONTENTFUL_SECRET,
    request: withHeaders(jsonRequest(undefined, '/contentful?q=a%20b'), {
      'X-Contentful-Topic': 'ContentManagement.Entry.publish',
    }),
    signedBy: 'sdk',
    sign: (request) => {
      const own = { 'X-Contentful-Topic': header(request, 'x-contentful-topic') }
      const signed = signRequest(CONTENTFUL_SECRET, { ...canonical(request), headers: own })
      return withHeaders(request, { ...signed })
    },
    verify: (request, secret) => verifyRequest(secret, canonical(request), 30),
  },
  {
    ...base,
    scheme: 'sanity',
    sdk: '@sanity/webhook',
    signedBy: 'sdk',
    sign: async (request) =>
      withHeaders(request, {
        'sanity-webhook-signature': await encodeSignatureHeader(text(request), Date.now(), SECRET),
      }),
    verify: (request, secret) =>
      isValidSignature(text(request), header(request, 'sanity-webhook-signature'), secret),
  },
  {
    ...base,
    scheme: 'hygraph',
    sdk: '@hygraph/utils',
    // The environment is signed and stands in the header only.
    settings: { env: 'master' },
    signedBy: 'sdk',
    sign: (request) =>
      withHeaders(request, {
        'gcms-signature': generateWebhookSignature({ rawPayload: text(request), secret: SECRET }),
      }),
    verify: (request, secret) =>
      verifyHygraph({
        rawPayload: text(request),
        signature: header(request, 'gcms-signature'),
        secret,
      }),
  },
  {
    ...base,
    scheme: 'kontent',
    sdk: '@kontent-ai/webhook-helper',
    signedBy: 'sdk',
    sign: (request) =>
      withHeaders(request, {
        'X-Kontent-ai-Signature': signatureHelper.getHashFromString(text(request), SECRET),
      }),
    verify: (request, secret) =>
      signatureHelper.isValidSignatureFromString(
        text(request),
        secret,
        header(request, 'x-kontent-ai-signature'),
      ),
  },
  {
    ...base,
    scheme: 'webflow',
    sdk: 'webflow-api',
    sign: (request) => {
      const timestamp = String(Date.now())
      return withHeaders(request, {
        'x-webflow-timestamp': timestamp,
        'x-webflow-signature': hmac('sha256', SECRET, `${timestamp}:${text(request)}`),
      })
    },
    verify: (request, secret) =>
      webflow.webhooks.verifySignature({
        headers: headers(request),
        body: text(request),
        secret,
      }),
  },
  {
    ...base,
    scheme: 'notion',
    sdk: '@notionhq/client',
    signedBy: 'sdk',
    sign: async (request) =>
      withHeaders(request, {
        'X-Notion-Signature': await signWebhookPayload({
          body: text(request),
          verificationToken: SECRET,
        }),
      }),
    verify: (request, secret) =>
      verifyNotion({
        body: text(request),
        signature: header(request, 'x-notion-signature'),
        verificationToken: secret,
      }),
  },
  {
    ...base,
    scheme: 'dropbox-sign',
    sdk: '@dropbox/sign',
    request: jsonRequest(SIGN_EVENT),
    sign: (request) => {
      const event = { event_time: '1760000000', event_type: 'unchanged' }
      const event_hash = hmac('sha256', SECRET, event.event_time + event.event_type)
      return {
        ...request,
        body: Buffer.from(JSON.stringify({ event: { ...event, event_hash } })),
      }
    },
    verify: (request, secret) =>
      EventCallbackHelper.isValid(secret, EventCallbackRequest.init(JSON.parse(text(request)))),
  },
  {
    ...base,
    scheme: 'mux',
    sdk: '@mux/mux-node',
    sign: (request) => {
      const timestamp = nowSeconds()
      const signature = hmac('sha256', SECRET, `${timestamp}.${text(request)}`)
      return withHeaders(request, { 'Mux-Signature': `t=${timestamp},v1=${signature}` })
    },
    verify: (request, secret) =>
      passes(() => mux.webhooks.verifySignature(text(request), headers(request), secret)),
  },
  {
    ...base,
    scheme: 'cloudinary',
    sdk: 'cloudinary',
    sign: (request) => {
      const timestamp = String(nowSeconds())
      const signed = text(request) + timestamp + SECRET
      return withHeaders(request, {
        'X-Cld-Timestamp': timestamp,
        'X-Cld-Signature': createHash('sha1').update(signed).digest('hex'),
      })
    },
    verify: (request, secret) => {
      cloudinary.config({ api_secret: secret })
      return cloudinary.utils.verifyNotificationSignature(
        text(request),
        Number(header(request, 'x-cld-timestamp')),
        header(request, 'x-cld-signature'),
      )
    },
  },
  {
    ...base,
    scheme: 'imagekit',
    sdk: 'imagekit',
    sign: (request) => {
      const timestamp = Date.now()
      const signature = hmac('sha256', SECRET, `${timestamp}.${text(request)}`)
      return withHeaders(request, { 'x-ik-signature': `t=${timestamp},v1=${signature}` })
    },
    verify: (request, secret) =>
      passes(() =>
        imagekit.verifyWebhookEvent(text(request), header(request, 'x-ik-signature'), secret),
      ),
  },
]
