/** Telephony and text messages. */
import { createSecretKey } from 'node:crypto'
import { parse } from 'node:querystring'
import { verify as verifyMessagebird } from 'messagebird/lib/webhook-signature-jwt.js'
import plivo from 'plivo'
import twilio from 'twilio'
import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { verifySignature as verifyVonageToken } from '@vonage/jwt'
import { hmac, jwt, nowSeconds, sha256 } from './by-rule.ts'
import {
  formRequest,
  header,
  jsonRequest,
  text,
  withHeaders,
  type InteropCase,
  type InteropRequest,
} from './interop-case.ts'

const SECRET = 'countersign-interop-secret'
const base = { secret: SECRET, request: jsonRequest(), signedBy: 'rule' } as const

/** A field that occurs more than once is a list, as Express's parser makes it. */
const parameters = (request: InteropRequest) => ({ ...parse(text(request)) })
const FORM = { From: '+15550100001', Body: 'Grüße & unchanged', To: '+15550100002', Empty: '' }
const PLIVO_NONCE = 'X-Plivo-Signature-V3-Nonce'

export const telephony: InteropCase[] = [
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
    verify: (request, secret) =>
      twilio.validateRequest(
        secret,
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
    verify: (request, secret) =>
      twilio.validateRequestWithBody(
        secret,
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
    verify: (request, secret) =>
      plivo
        .validateV3Signature(
          request.method,
          request.url,
          header(request, PLIVO_NONCE),
          secret,
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
    verify: (request, secret) =>
      verifyMessagebird(
        request.url,
        Buffer.from(request.body),
        header(request, 'messagebird-signature-jwt'),
        createSecretKey(Buffer.from(secret)),
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
    verify: (request, secret) =>
      verifyVonageToken(header(request, 'authorization').replace('Bearer ', ''), secret),
    // The package does not look at payload_hash: only the token can be damaged for both.
    change: (request) =>
      withHeaders(request, {
        Authorization: header(request, 'authorization').replace(/.{6}$/, 'AAAAAA'),
      }),
  },
]
