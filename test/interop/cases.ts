import { braintree } from './braintree.ts'
import { content } from './content.ts'
import type { InteropCase } from './interop-case.ts'
import { messaging } from './messaging.ts'
import { novu } from './novu.ts'
import { payments } from './payments.ts'
import { platforms } from './platforms.ts'
import { publicKeys } from './public-keys.ts'
import { standardWebhooks } from './standard-webhooks.ts'
import { telephony } from './telephony.ts'

/** Every case, by family of provider. */
export const cases: readonly InteropCase[] = [
  ...standardWebhooks,
  ...payments,
  ...braintree,
  ...messaging,
  ...telephony,
  ...publicKeys,
  ...content,
  ...platforms,
  ...novu,
]
