/** Development, identity, AI and logistics platforms. */
import EasyPost from '@easypost/api'
import { LinearWebhookClient } from '@linear/sdk/webhooks'
import { verifyWebhookRequest } from '@lovable.dev/webhooks-js'
import { sign as signGithub, verify as verifyGithub } from '@octokit/webhooks-methods'
import { WebhookEventVerifier } from '@onfido/api'
import { Receiver } from '@upstash/qstash'
import { WorkOS } from '@workos-inc/node'
import { Bot, webhookCallback } from 'grammy'
import { verifyWebhookSignature as verifyHook0 } from 'hook0-client'
import { WebhookReceiver } from 'livekit-server-sdk'
import * as octokit2 from 'octokit-webhooks-methods-2'
import { Retell } from 'retell-sdk'
import { verifyTerraWebhookSignature } from 'terra-api'
import { hmac, jwt, nowSeconds, sha256 } from './by-rule.ts'
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

const workos = new WorkOS('sk_none')
const NEXT_KEY = 'sig_next'
const SECRET_NFKD = 'countersign-ﬁ-geheim-ü'
const TELEGRAM_TOKEN = 'Interop_token-1'

export const platforms: InteropCase[] = [
  {
    ...base,
    scheme: 'github',
    sdk: '@octokit/webhooks-methods',
    signedBy: 'sdk',
    sign: async (request) =>
      withHeaders(request, { 'X-Hub-Signature-256': await signGithub(SECRET, text(request)) }),
    verify: (request, secret) =>
      verifyGithub(secret, text(request), header(request, 'x-hub-signature-256')),
  },
  {
    ...base,
    scheme: 'github-sha1',
    sdk: 'octokit-webhooks-methods-2',
    signedBy: 'sdk',
    sign: async (request) =>
      withHeaders(request, {
        'X-Hub-Signature': await octokit2.sign(
          { secret: SECRET, algorithm: 'sha1' },
          text(request),
        ),
      }),
    verify: (request, secret) =>
      octokit2.verify(secret, text(request), header(request, 'x-hub-signature')),
  },
  {
    ...base,
    scheme: 'linear',
    sdk: '@linear/sdk',
    request: jsonRequest('{"type":"Issue","webhookTimestamp":1760000000000,"note":"unchanged"}'),
    sign: (request) => {
      const body = text(request).replace('1760000000000', String(Date.now()))
      const signature = hmac('sha256', SECRET, body)
      return withHeaders({ ...request, body: Buffer.from(body) }, { 'Linear-Signature': signature })
    },
    verify: (request, secret) =>
      new LinearWebhookClient(secret).verify(
        Buffer.from(request.body),
        header(request, 'linear-signature'),
      ),
  },
  {
    ...base,
    scheme: 'qstash',
    sdk: '@upstash/qstash',
    settings: { nextSigningKey: NEXT_KEY },
    request: withHeaders(jsonRequest(), { 'Upstash-Message-Id': 'msg_1' }),
    sign: (request) => {
      const claims = {
        iss: 'Upstash',
        sub: request.url,
        exp: nowSeconds() + 300,
        nbf: nowSeconds(),
        iat: nowSeconds(),
        jti: 'jwt_1',
        body: sha256(request.body, 'base64url'),
      }
      return withHeaders(request, { 'Upstash-Signature': jwt(claims, NEXT_KEY) })
    },
    verify: (request, secret, settings) =>
      new Receiver({
        currentSigningKey: secret,
        nextSigningKey: settings.nextSigningKey ?? '',
      }).verify({
        signature: header(request, 'upstash-signature'),
        body: text(request),
        url: request.url,
      }),
  },
  {
    ...base,
    scheme: 'livekit',
    sdk: 'livekit-server-sdk',
    settings: { apiKey: 'APIinterop' },
    request: jsonRequest('{"event":"room_started","id":"EV_1","room":{"name":"unchanged"}}'),
    sign: (request) => {
      const claims = {
        iss: 'APIinterop',
        nbf: nowSeconds(),
        exp: nowSeconds() + 300,
        sha256: sha256(request.body, 'base64'),
      }
      return withHeaders(request, { Authorization: jwt(claims, SECRET) })
    },
    verify: (request, secret, settings) =>
      passes(() =>
        new WebhookReceiver(settings.apiKey ?? '', secret).receive(
          text(request),
          header(request, 'authorization'),
        ),
      ),
  },
  {
    ...base,
    scheme: 'workos',
    sdk: '@workos-inc/node',
    signedBy: 'sdk',
    sign: async (request) => {
      const timestamp = Date.now()
      const signature = await workos.webhooks.computeSignature(timestamp, text(request), SECRET)
      return withHeaders(request, { 'WorkOS-Signature': `t=${timestamp}, v1=${signature}` })
    },
    verify: (request, secret) =>
      workos.webhooks.verifyHeader({
        payload: text(request),
        sigHeader: header(request, 'workos-signature'),
        secret,
      }),
  },
  {
    ...base,
    scheme: 'hook0',
    sdk: 'hook0-client',
    request: withHeaders(jsonRequest(), { 'X-Event-Id': 'evt_1', 'X-Event-Type': 'a.b.c' }),
    sign: (request) => {
      const timestamp = nowSeconds()
      const names = 'x-event-id x-event-type'
      const signature = hmac('sha256', SECRET, `${timestamp}.${names}.evt_1.a.b.c.${text(request)}`)
      return withHeaders(request, {
        'X-Hook0-Signature': `t=${timestamp},h=${names},v1=${signature}`,
      })
    },
    verify: (request, secret) =>
      passes(() =>
        verifyHook0(
          header(request, 'x-hook0-signature'),
          Buffer.from(request.body),
          new Headers(request.rawHeaders),
          secret,
          300,
        ),
      ),
  },
  {
    ...base,
    scheme: 'onfido',
    sdk: '@onfido/api',
    sign: (request) =>
      withHeaders(request, { 'X-SHA2-Signature': hmac('sha256', SECRET, text(request)) }),
    verify: (request, secret) =>
      passes(() =>
        new WebhookEventVerifier(secret).readPayload(
          text(request),
          header(request, 'x-sha2-signature'),
        ),
      ),
  },
  {
    ...base,
    scheme: 'retell',
    sdk: 'retell-sdk',
    signedBy: 'sdk',
    sign: (request) =>
      withHeaders(request, { 'x-retell-signature': Retell.sign(text(request), SECRET) }),
    verify: (request, secret) =>
      Retell.verify(text(request), secret, header(request, 'x-retell-signature')),
  },
  {
    ...base,
    scheme: 'terra',
    sdk: 'terra-api',
    sign: (request) => {
      const timestamp = nowSeconds()
      const signature = hmac('sha256', SECRET, `${timestamp}.${text(request)}`)
      return withHeaders(request, { 'terra-signature': `t=${timestamp},v1=${signature}` })
    },
    verify: (request, secret) =>
      verifyTerraWebhookSignature(text(request), header(request, 'terra-signature'), secret),
  },
  {
    ...base,
    scheme: 'lovable',
    sdk: '@lovable.dev/webhooks-js',
    sign: (request) => {
      const timestamp = String(nowSeconds())
      return withHeaders(request, {
        'x-lovable-timestamp': timestamp,
        'x-lovable-signature': `sha256=${hmac('sha256', SECRET, `${timestamp}.${text(request)}`)}`,
      })
    },
    verify: (request, secret) =>
      passes(() => verifyWebhookRequest({ req: fetchRequest(request), secret })),
  },
  {
    ...base,
    scheme: 'easypost',
    sdk: '@easypost/api',
    secret: SECRET_NFKD,
    sign: (request) =>
      withHeaders(request, {
        'X-Hmac-Signature': `hmac-sha256-hex=${hmac('sha256', SECRET_NFKD.normalize('NFKD'), text(request))}`,
      }),
    verify: (request, secret) =>
      passes(() =>
        new EasyPost('none').Utils.validateWebhook(
          Buffer.from(request.body),
          headers(request),
          secret,
        ),
      ),
  },
  {
    ...base,
    scheme: 'telegram',
    sdk: 'grammy',
    secret: TELEGRAM_TOKEN,
    request: jsonRequest('{"update_id":1}'),
    sign: (request) => withHeaders(request, { 'X-Telegram-Bot-Api-Secret-Token': TELEGRAM_TOKEN }),
    verify: telegramAccepts,
    // The token covers nothing of the body.
    change: (request) =>
      withHeaders(request, { 'X-Telegram-Bot-Api-Secret-Token': 'Interop_token-2' }),
  },
]

async function telegramAccepts(request: InteropRequest, secretToken: string): Promise<boolean> {
  const bot = new Bot('1:none', {
    botInfo: {
      id: 1,
      is_bot: true,
      first_name: 'Interop',
      username: 'interop_bot',
      can_join_groups: false,
      can_read_all_group_messages: false,
      can_manage_bots: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      supports_join_request_queries: false,
    },
  })
  const receive = webhookCallback(bot, 'std/http', { secretToken })
  return (await receive(fetchRequest(request))).status === 200
}
