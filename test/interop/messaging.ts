/** Messages, telephony, mail and meetings. */
import { EventDispatcher } from '@larksuiteoapi/node-sdk'
import { validateSignature as validateLine } from '@line/bot-sdk'
import { verifySlackRequest } from '@slack/bolt'
import { AwsLambdaReceiver } from '@zoom/rivet/chatbot'
import { Crisp } from 'crisp-api'
import { verifyRequestSignature } from 'customerio-node'
import { createSecretKey } from 'node:crypto'
import { verify as verifyMessagebird } from 'messagebird/lib/webhook-signature-jwt.js'
import plivo from 'plivo'
import Pusher from 'pusher'
import { StreamChat } from 'stream-chat'
import twilio from 'twilio'
import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { verifySignature as verifyVonageToken } from '@vonage/jwt'
import { WhatsAppAPI } from 'whatsapp-api-js'
import { hmac, jwt, nowSeconds, sha256 } from './by-rule.ts'
import {
  formRequest,
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

const parameters = (request: InteropRequest) =>
  Object.fromEntries(new URLSearchParams(text(request)))
const FORM = { From: '+15550100001', Body: 'Grüße & unchanged', To: '+15550100002', Empty: '' }
const NONCE = 'X-Lark-Request-Nonce'
const PLIVO_NONCE = 'X-Plivo-Signature-V3-Nonce'

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
    verify: (request) =>
      passes(() =>
        verifySlackRequest({
          signingSecret: SECRET,
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
    verify: (request) => validateLine(text(request), SECRET, header(request, 'x-line-signature')),
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
    verify: (request) =>
      new WhatsAppAPI({ token: 'none', appSecret: SECRET, v: 'v24.0' }).verifyRequestSignature(
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
    verify: (request) =>
      verifyRequestSignature({
        signingSecret: SECRET,
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
    verify: (request) =>
      new Crisp().verifyWidget(
        SECRET,
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
    verify: (request) =>
      new StreamChat('none', SECRET).verifyWebhook(text(request), header(request, 'x-signature')),
  },
  {
    ...base,
    scheme: 'pusher',
    sdk: 'pusher',
    request: withHeaders(jsonRequest(), { 'X-Pusher-Key': 'interop-key' }),
    sign: (request) =>
      withHeaders(request, { 'X-Pusher-Signature': hmac('sha256', SECRET, text(request)) }),
    verify: (request) =>
      new Pusher({ appId: 'none', key: 'interop-key', secret: SECRET, cluster: 'none' })
        .webhook({ headers: headers(request), rawBody: text(request) })
        .isValid(),
  },
  {
    ...base,
    scheme: 'twilio',
    sdk: 'twilio',
    request: formRequest(FORM, '/in/sms?foo=1&bar=2'),
    signedBy: 'sdk',
    sign: (request) =>
      withHeaders(request, {
        'X-Twilio-Signature': getExpectedTwilioSignature(SECRET, request.url, parameters(request)),
      }),
    verify: (request) =>
      twilio.validateRequest(
        SECRET,
        header(request, 'x-twilio-signature'),
        request.url,
        parameters(request),
      ),
  },
  {
    ...base,
    scheme: 'twilio-json',
    sdk: 'twilio',
    signedBy: 'sdk',
    sign: (request) => {
      const url = `${request.url}?bodySHA256=${getExpectedBodyHash(text(request))}`
      const signature = getExpectedTwilioSignature(SECRET, url, {})
      return withHeaders({ ...request, url }, { 'X-Twilio-Signature': signature })
    },
    verify: (request) =>
      twilio.validateRequestWithBody(
        SECRET,
        header(request, 'x-twilio-signature'),
        request.url,
        text(request),
      ),
  },
  {
    ...base,
    scheme: 'plivo-v3',
    sdk: 'plivo',
    request: formRequest(FORM, '/in/call?z=2&a=1'),
    sign: (request) => {
      const form = Object.entries(FORM).sort(([a], [b]) => (a < b ? -1 : 1))
      const url = `${request.url.split('?')[0] ?? ''}?a=1&z=2.${form.flat().join('')}`
      return withHeaders(request, {
        [PLIVO_NONCE]: '12345',
        'X-Plivo-Signature-V3': hmac('sha256', SECRET, `${url}.12345`, 'base64'),
      })
    },
    verify: (request) =>
      plivo
        .validateV3Signature(
          request.method,
          request.url,
          header(request, PLIVO_NONCE),
          SECRET,
          header(request, 'x-plivo-signature-v3'),
          parameters(request),
        )
        .valueOf(),
  },
  {
    ...base,
    scheme: 'messagebird',
    sdk: 'messagebird',
    sign: (request) => {
      const claims = {
        iss: 'MessageBird',
        nbf: nowSeconds(),
        exp: nowSeconds() + 60,
        jti: '0198f2d6',
        url_hash: sha256(request.url, 'hex'),
        payload_hash: sha256(request.body, 'hex'),
      }
      return withHeaders(request, { 'MessageBird-Signature-JWT': jwt(claims, SECRET) })
    },
    verify: (request) =>
      verifyMessagebird(
        request.url,
        Buffer.from(request.body),
        header(request, 'messagebird-signature-jwt'),
        createSecretKey(Buffer.from(SECRET)),
      ),
  },
  {
    ...base,
    scheme: 'vonage',
    sdk: '@vonage/jwt',
    sign: (request) => {
      const claims = {
        iss: 'Vonage',
        iat: nowSeconds(),
        jti: '0198f2d6',
        payload_hash: sha256(request.body, 'hex'),
      }
      return withHeaders(request, { Authorization: `Bearer ${jwt(claims, SECRET)}` })
    },
    verify: (request) =>
      verifyVonageToken(header(request, 'authorization').replace('Bearer ', ''), SECRET),
    // The package does not look at payload_hash: only the token can be damaged for both.
    change: (request) =>
      withHeaders(request, {
        Authorization: header(request, 'authorization').replace(/.{6}$/, 'AAAAAA'),
      }),
  },
]

/** A Lambda function URL event, of which the package reads body and headers. */
async function zoomAccepts(request: InteropRequest): Promise<boolean> {
  const receiver = new AwsLambdaReceiver({ webhooksSecretToken: SECRET })
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
async function larkAccepts(request: InteropRequest): Promise<boolean> {
  const logger = { error: silent, warn: silent, info: silent, debug: silent, trace: silent }
  const dispatcher = new EventDispatcher({ encryptKey: SECRET, logger })
  const body: unknown = JSON.parse(text(request))
  const data = Object.assign(Object.create({ headers: headers(request) }), body)
  // It answers nothing to what it refuses, and tells of an event that nobody handles.
  return (await dispatcher.invoke(data)) !== undefined
}
