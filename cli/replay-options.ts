import { ORPCError } from '@orpc/client'
import type { NewReplay, Pace } from '#contract/replay.ts'
import type { CommonOptions } from './context.ts'
import { escapeTerminal } from './escape.ts'
import { runtimeFailure } from './failure.ts'

export interface ReplayOptions extends CommonOptions {
  query?: string
  to: string
  resign?: boolean
  timestamp?: 'now' | 'original' | number
  messageId: 'same' | 'new'
  /** The name of an environment variable. */
  secretEnv?: string
  method?: string
  bodyFile?: string
  /** `null` removes. */
  setHeader?: readonly [string, string | null][]
  exact?: boolean
  concurrency: number
  rate?: Pace
  /** `true`: at the speed they came. */
  gaps?: Pace | true
  stopOnFailure?: boolean
  /** Milliseconds. */
  timeout?: number
  insecure?: boolean
  allowRemote?: boolean
  json?: boolean
}

/** What one replay and many have in common. */
export type AskedReplay = Omit<NewReplay, 'deliveryId'>

/** What refuses to send, with what to do about it. */
export function refusal(error: Error): Error {
  if (!(error instanceof ORPCError)) return error
  const hint = error.code === 'HOST_NOT_ALLOWED' ? ' --allow-remote does.' : ''
  if (hint === '' && error.code !== 'BAD_REQUEST') return error
  return runtimeFailure(`${escapeTerminal(error.message)}${hint} Nothing was sent.`, error)
}
