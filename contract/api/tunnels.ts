import { z } from 'zod'
import { TunnelId, TunnelProgram, TunnelState } from '#contract/tunnel.ts'
import { base } from './base.ts'

export const tunnelsApi = {
  /** The programs that are known, and the tunnel that there is. */
  list: base
    .route({ method: 'GET', path: '/tunnels' })
    .output(z.object({ programs: z.array(TunnelProgram), tunnel: TunnelState })),
  /**
   * Starts one; the status tells when it is open. BAD_REQUEST: one runs already, it is not here, or
   * nothing listens.
   */
  start: base
    .route({ method: 'POST', path: '/tunnels' })
    .input(z.object({ program: TunnelId }))
    .output(TunnelState),
  /** Ends it, and forgets one that failed. */
  stop: base.route({ method: 'DELETE', path: '/tunnels' }).input(z.object({})).output(z.object({})),
}
