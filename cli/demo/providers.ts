import { createPrivateKey } from 'node:crypto'
import {
  discordEvent,
  githubEvent,
  novuEvent,
  notifykitEvent,
  resendEvent,
  shopifyEvent,
  slackEvent,
  stripeEvent,
  svixEvent,
  twilioEvent,
  zoomEvent,
  type MakeEvent,
} from './events.ts'

/** An endpoint of the demo and what goes wrong on it. */
export interface DemoProvider {
  name: string
  path: string
  schemeId: string
  /** In the order they were added; where there are two, the first signs until the rotation. */
  secrets: readonly { name: string; text: string }[]
  settings?: Record<string, string>
  event: MakeEvent
  /** Deliveries, out of every hundred. */
  share: number
  /** What the path is followed by. */
  targetSuffix?: string
  troubles: readonly Trouble[]
}

/** `chance`: of each delivery; `burst`: some in a row, once, at this part of the time span. */
export type Trouble =
  | { kind: 're-serialised' | 'unsigned' | 'malformed' | 'late' | 'newline'; chance: number }
  | { kind: 'retried' | 'replayed' | 'reused-id' | 'cut'; chance: number }
  | { kind: 'other-secret'; burst: { at: number; count: number } }
  /** The sender's clock falls behind by so many seconds until the end. */
  | { kind: 'drift'; seconds: number }

/** Base64 of 24 bytes of text: plain to see that it is nobody's secret. */
const whsec = (text: string) => `whsec_${Buffer.from(text.padEnd(24, '.')).toString('base64')}`

/** PKCS#8 around 32 fixed bytes (RFC 8410, 7): a key pair that is the same in every demo. */
function ed25519Pem(text: string): string {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const der = Buffer.concat([prefix, Buffer.from(text.padEnd(32, '.'))])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

const named = (text: string, name = 'signing secret') => [{ name, text }]

export const providers: readonly DemoProvider[] = [
  {
    name: 'Stripe',
    path: '/stripe',
    schemeId: 'stripe',
    secrets: [
      ...named('whsec_demo_before_rotation', 'old key'),
      ...named('whsec_demo_after_rotation', 'live key'),
    ],
    event: stripeEvent,
    share: 26,
    troubles: [
      { kind: 're-serialised', chance: 0.09 },
      { kind: 'retried', chance: 0.05 },
      { kind: 'late', chance: 0.02 },
    ],
  },
  {
    name: 'Nomod',
    path: '/nomod',
    schemeId: 'svix',
    secrets: named(whsec('demo secret of Nomod')),
    event: svixEvent,
    share: 16,
    troubles: [
      { kind: 'retried', chance: 0.14 },
      { kind: 'replayed', chance: 0.04 },
      { kind: 'reused-id', chance: 0.04 },
    ],
  },
  {
    name: 'GitHub',
    path: '/github',
    schemeId: 'github',
    secrets: named('demo secret of GitHub'),
    event: githubEvent,
    share: 15,
    troubles: [{ kind: 'other-secret', burst: { at: 0.62, count: 7 } }],
  },
  {
    name: 'Shopify',
    path: '/shopify',
    schemeId: 'shopify',
    secrets: named('demo secret of Shopify'),
    event: shopifyEvent,
    share: 11,
    troubles: [
      { kind: 'newline', chance: 0.08 },
      { kind: 'cut', chance: 0.06 },
    ],
  },
  {
    name: 'Slack',
    path: '/slack/events',
    schemeId: 'slack',
    secrets: named('demo-signing-secret-of-slack'),
    event: slackEvent,
    share: 9,
    troubles: [{ kind: 'drift', seconds: 420 }],
  },
  {
    name: 'Novu',
    path: '/api/novu',
    schemeId: 'novu',
    secrets: named('demo secret of Novu'),
    event: novuEvent,
    share: 6,
    targetSuffix: '?action=execute&workflowId=welcome&stepId=send-email',
    troubles: [{ kind: 'unsigned', chance: 0.1 }],
  },
  {
    name: 'NotifyKit',
    path: '/notifykit',
    schemeId: 'notifykit',
    secrets: named('demo secret of NotifyKit'),
    event: notifykitEvent,
    share: 6,
    troubles: [
      { kind: 'malformed', chance: 0.08 },
      { kind: 'late', chance: 0.08 },
    ],
  },
  {
    name: 'Resend',
    path: '/resend',
    schemeId: 'resend',
    secrets: named(whsec('demo secret of Resend')),
    event: resendEvent,
    share: 5,
    troubles: [],
  },
  {
    name: 'Twilio',
    path: '/twilio',
    schemeId: 'twilio',
    secrets: named('demo auth token of Twilio'),
    settings: { publicUrl: 'https://hooks.example.test' },
    event: twilioEvent,
    share: 3,
    troubles: [],
  },
  {
    name: 'Discord',
    path: '/discord',
    schemeId: 'discord',
    secrets: named(ed25519Pem('demo key of Discord'), 'test key pair'),
    event: discordEvent,
    share: 2,
    troubles: [],
  },
  {
    name: 'Zoom',
    path: '/zoom',
    schemeId: 'zoom',
    secrets: [],
    event: zoomEvent,
    share: 1,
    troubles: [],
  },
]
