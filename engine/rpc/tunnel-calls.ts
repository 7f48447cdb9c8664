import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { TunnelRefused } from '#engine/tunnels/tunnels.ts'
import type { Rooms } from './rooms.ts'

/** The tunnel programs of this machine, started and stopped at the person's word only. */
export function tunnelCalls({ outside: { tunnels } }: Pick<Rooms, 'outside'>) {
  const os = implement(api).tunnels
  return {
    list: os.list.handler(async () => ({
      programs: await tunnels.list(),
      tunnel: tunnels.state(),
    })),
    start: os.start.handler(async ({ input, errors }) => {
      try {
        return await tunnels.start(input.program)
      } catch (error) {
        if (!(error instanceof TunnelRefused)) throw error
        throw errors.BAD_REQUEST({ message: error.message })
      }
    }),
    stop: os.stop.handler(async () => {
      await tunnels.stop()
      return {}
    }),
  }
}
