import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Rooms } from './rooms.ts'

export function overviewCalls({ reads }: Rooms) {
  const os = implement(api)
  return { get: os.overview.get.handler(({ input }) => reads.run('overview', input)) }
}
