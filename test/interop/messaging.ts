/** Messages, telephony, mail and meetings. */
import { EventDispatcher } from '@larksuiteoapi/node-sdk'
import { validateSignature as validateLine } from '@line/bot-sdk'
import { verifySlackRequest } from '@slack/bolt'
import { AwsLambdaReceiver } from '@zoom/rivet/chatbot'
import { Crisp } from 'crisp-api'
import { verifyRequestSignature } from 'customerio-node'
import Pusher from 'pusher'
import { StreamChat } from 'stream-chat'
import { WhatsAppAPI } from 'whatsapp-api-js'
import { hmac, nowSeconds, sha256 } from './by-rule.ts'
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

const NONCE = 'X-Lark-Request-Nonce'

export const messaging: InteropCase[] = [
  {
    ...base,
    scheme: 'slack',
    sdk: '@slack/bolt',
    sign: (request) => {
      const timestamp = String(nowSeconds())
      return withHeaders(request, {
        'X-Slack-Request-Timestamp': timestamp,
        'X-Slack-Signature': `v0=${hmac('sha256', SECRET, `v0:${timestamp}:${text(request)}`)}`,
      })
    },
    verify: (request, secret) =>
      passes(() =>
        verifySlackRequest({
          signingSecret: secret,
          body: text(request),
          headers: {
            'x-slack-signature': header(request, 'x-slack-signature'),
            'x-slack-request-timestamp': Number(header(request, 'x-slack-request-timestamp')),
          },
        }),
      ),
  },
  {
    ...base,
    scheme: 'line',
    sdk: '@line/bot-sdk',
    sign: (request) =>
      withHeaders(request, {
        'x-line-signature': hmac('sha256', SECRET, text(request), 'base64'),
      }),
    verify: (request, secret) =>
      validateLine(text(request), secret, header(request, 'x-line-signature')),
  },
  {
    ...base,
    scheme: 'meta',
    sdk: 'whatsapp-api-js',
    // Meta escapes what is not ASCII before it signs and sends.
    request: jsonRequest('{"object":"page","text":"Gr\\u00fc\\u00dfe unchanged"}'),
    sign: (request) =>
      withHeaders(request, {
        'X-Hub-Signature-256': `sha256=${hmac('sha256', SECRET, text(request))}`,
      }),
    verify: (request, secret) =>
      new WhatsAppAPI({ token: 'none', appSecret: secret, v: 'v24.0' }).verifyRequestSignature(
        text(request),
        header(request, 'x-hub-signature-256'),
      ),
  },
  {
    ...base,
    scheme: 'lark',
    sdk: '@larksuiteoapi/node-sdk',
    request: withHeaders(jsonRequest(), { 'X-Lark-Request-Nonce': '1472583690' }),
    sign: (request) => {
      const timestamp = String(nowSeconds())
      const signed = timestamp + header(request, NONCE) + SECRET + text(request)
      return withHeaders(request, {
        'X-Lark-Request-Timestamp': timestamp,
        'X-Lark-Signature': sha256(signed, 'hex'),
      })
    },
    verify: larkAccepts,
  },
  {
    ...base,
    scheme: 'customerio',
    sdk: 'customerio-node',
    sign: (request) => {
      const timestamp = String(nowSeconds())
      return withHeaders(request, {
        'X-CIO-Timestamp': timestamp,
        'X-CIO-Signature': hmac('sha256', SECRET, `v0:${timestamp}:${text(request)}`),
      })
    },
    verify: (request, secret) =>
      verifyRequestSignature({
        signingSecret: secret,
        timestamp: header(request, 'x-cio-timestamp'),
        body: text(request),
        signature: header(request, 'x-cio-signature'),
      }),
  },
  {
    ...base,
    scheme: 'crisp',
    sdk: 'crisp-api',
    sign: (request) => {
      const timestamp = String(Date.now())
      return withHeaders(request, {
        'X-Crisp-Request-Timestamp': timestamp,
        'X-Crisp-Signature': hmac('sha256', SECRET, `[${timestamp};${text(request)}]`),
      })
    },
    // Its verifyHook is the same check, behind a socket to Crisp.
    verify: (request, secret) =>
      new Crisp().verifyWidget(
        secret,
        JSON.parse(text(request)),
        Number(header(request, 'x-crisp-request-timestamp')),
        header(request, 'x-crisp-signature'),
      ),
  },
  {
    ...base,
    scheme: 'zoom',
    sdk: '@zoom/rivet',
    request: jsonRequest('{"event":"meeting.started","payload":{"topic":"Gruß unchanged"}}'),
    sign: (request) => {
      const timestamp = String(nowSeconds())
      return withHeaders(request, {
        'x-zm-request-timestamp': timestamp,
        'x-zm-signature': `v0=${hmac('sha256', SECRET, `v0:${timestamp}:${text(request)}`)}`,
      })
    },
    verify: zoomAccepts,
  },
  {
    ...base,
    scheme: 'stream',
    sdk: 'stream-chat',
    sign: (request) =>
      withHeaders(request, { 'X-Signature': hmac('sha256', SECRET, text(request)) }),
    verify: (request, secret) =>
      new StreamChat('none', secret).verifyWebhook(text(request), header(request, 'x-signature')),
  },
  {
    ...base,
    scheme: 'pusher',
    sdk: 'pusher',
    request: withHeaders(jsonRequest(), { 'X-Pusher-Key': 'interop-key' }),
    sign: (request) =>
      withHeaders(request, { 'X-Pusher-Signature': hmac('sha256', SECRET, text(request)) }),
    verify: (request, secret) =>
      new Pusher({ appId: 'none', key: header(request, 'x-pusher-key'), secret, cluster: 'none' })
        .webhook({ headers: headers(request), rawBody: text(request) })
        .isValid(),
  },
]

/** A Lambda function URL event, of which the package reads body and headers. */
async function zoomAccepts(request: InteropRequest, secret: string): Promise<boolean> {
  const receiver = new AwsLambdaReceiver({ webhooksSecretToken: secret })
  const event = { headers: headers(request), body: text(request), isBase64Encoded: false }
  const { debug } = console
  console.debug = silent
  try {
    const answer = await receiver.start()(event, {}, () => undefined)
    return answer.statusCode === 200
  } finally {
    console.debug = debug
  }
}

const silent = (): void => undefined

/** As its README hands requests over: the headers are the prototype of the parsed body. */
async function larkAccepts(request: InteropRequest, secret: string): Promise<boolean> {
  const logger = { error: silent, warn: silent, info: silent, debug: silent, trace: silent }
  const dispatcher = new EventDispatcher({ encryptKey: secret, logger })
  const body: unknown = JSON.parse(text(request))
  const data = Object.assign(Object.create({ headers: headers(request) }), body)
  // It answers nothing to what it refuses, and tells of an event that nobody handles.
  return (await dispatcher.invoke(data)) !== undefined
}
