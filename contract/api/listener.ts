import { z } from 'zod'
import { Authority, HostName, TrustStep } from '#contract/listener-tls.ts'
import { base } from './base.ts'

/** `authority` is `null` until one is made; `trust`: how to make senders trust it. */
const KnownAuthority = z.object({
  authority: Authority.nullable(),
  trust: z.array(TrustStep),
})

export const listenerApi = {
  authority: base.route({ method: 'GET', path: '/listener/authority' }).output(KnownAuthority),
  /** Makes the local authority; nothing is installed anywhere. BAD_REQUEST: there is one. */
  makeAuthority: base
    .route({ method: 'POST', path: '/listener/authority' })
    .input(
      z.object({
        /** Beside private names and addresses, which it may always sign for. */
        allowed: z.array(HostName).max(50).default([]),
        /** Senders that trust the one there is trust the new one only when they are told. */
        replace: z.boolean().default(false),
      }),
    )
    .output(KnownAuthority),
  /** Takes nothing until it is resumed: begun requests are answered, the port is given back. */
  pause: base
    .route({ method: 'POST', path: '/listener/pause' })
    .input(z.object({}))
    .output(z.object({})),
  /** Listens again. BAD_REQUEST says what is in the way; then it stays paused. */
  resume: base
    .route({ method: 'POST', path: '/listener/resume' })
    .input(z.object({}))
    .output(z.object({})),
  /** Another path token; senders have to be told the new URL. */
  newPathToken: base
    .route({ method: 'POST', path: '/listener/path-token' })
    .input(z.object({}))
    .output(z.object({})),
}
