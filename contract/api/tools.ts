import { SecretText } from '#contract/bounds.ts'
import { Diagnosis } from '#contract/diagnosis.ts'
import { TestKeyPair } from '#contract/keys.ts'
import { Explanation } from '#contract/verification.ts'
import { VerifierCode, VerifierTarget } from '#contract/verifier-code.ts'
import { PastedRequest, VerifyInput } from '#contract/verify-page.ts'
import { z } from 'zod'
import { base } from './base.ts'

export const verifyingApi = {
  /** Reads a raw HTTP message, a cURL command, a HAR entry, or headers, blank line and body. */
  parse: base
    .route({ method: 'POST', path: '/verify/parse' })
    .input(z.object({ text: z.string().max(2_000_000) }))
    .output(PastedRequest.extend({ notices: z.array(z.string()) })),
  /** Why a pasted request is not valid. */
  diagnose: base
    .route({ method: 'POST', path: '/verify/diagnose' })
    .input(VerifyInput)
    .output(Diagnosis),
  check: base
    .route({ method: 'POST', path: '/verify' })
    .input(VerifyInput)
    .output(z.object({ explanation: Explanation, deliveryId: z.number().nullable() })),
}

export const toolsApi = {
  /** HMAC-SHA256 hex of the subscriber id (Novu Inbox); `matches` answers `check`. */
  subscriberHash: base
    .route({ method: 'POST', path: '/tools/subscriber-hash' })
    .input(
      z.object({
        subscriberId: z.string().max(65_536),
        secret: SecretText,
        check: z.string().max(65_536).optional(),
      }),
    )
    .output(z.object({ hash: z.string(), matches: z.boolean().nullable() })),
  /** A key pair of the scheme for tests; stored as a secret where an endpoint is named. */
  makeKeyPair: base
    .route({ method: 'POST', path: '/tools/key-pair' })
    .input(
      z.object({
        schemeId: z.string().max(60),
        endpointId: z.number().int().nullable().default(null),
      }),
    )
    .output(TestKeyPair),
  /** The languages and frameworks that there is receiver code for. */
  verifierTargets: base
    .route({ method: 'GET', path: '/tools/verifier-targets' })
    .output(z.array(VerifierTarget)),
  /** Receiver code that verifies a scheme, without any secret. */
  verifierCode: base
    .route({ method: 'GET', path: '/tools/verifier-code' })
    .input(z.object({ schemeId: z.string().max(60), target: z.string().max(200) }))
    .output(VerifierCode),
  /** Sends a signed test webhook to our own listener: to the endpoint, or to the catch-all. */
  sendTest: base
    .route({ method: 'POST', path: '/tools/test-webhook' })
    .input(z.object({ endpointId: z.number().int().nullable().default(null) }))
    .output(z.object({ deliveryId: z.number() })),
}
