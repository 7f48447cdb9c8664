import type { Scheme } from '#contract/scheme.ts'
import { novu } from './novu.ts'
import { notifykit } from './notifykit.ts'
import { svix } from './svix.ts'
import { standardWebhooks } from './standard-webhooks.ts'
import { stripe } from './stripe.ts'
import { github } from './github.ts'

/** The schemes that the project grew out of, offered before all others. */
export const firstSchemes: readonly Scheme[] = [
  novu,
  notifykit,
  svix,
  standardWebhooks,
  stripe,
  github,
]
