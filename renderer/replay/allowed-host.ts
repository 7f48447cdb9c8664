import { ORPCError } from '@orpc/client'
import { useSyncExternalStore } from 'react'
import { api, client, queryClient } from '#renderer/app/api.ts'

/** A host that is asked about, and what waits for the answer. */
interface Question {
  readonly host: string
  readonly answer: (allowed: boolean) => void
}

let asked: readonly Question[] = []
const listeners = new Set<() => void>()

function change(next: readonly Question[]): void {
  asked = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The host that the person is asked about now; `null`: none. */
export function useAskedHost(): Question | null {
  return useSyncExternalStore(subscribe, () => asked[0] ?? null)
}

/** Nothing was sent, because the person said so. */
class HostRefused extends Error {
  override readonly name = 'HostRefused'
  constructor(host: string) {
    super(`Nothing was sent: you did not allow ${host}.`)
  }
}

/** The host that the engine wants allowed; `null`: it is another error. */
function hostOf(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'HOST_NOT_ALLOWED') return null
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('host' in data)) return null
  return typeof data.host === 'string' ? data.host : null
}

const waiting = new Map<string, Promise<boolean>>()

/** Asks once for each host, however many sends wait for it. */
function ask(host: string): Promise<boolean> {
  const known = waiting.get(host)
  if (known) return known
  const answered = new Promise<boolean>((resolve) => {
    const question: Question = {
      host,
      answer: (allowed) => {
        waiting.delete(host)
        change(asked.filter((each) => each !== question))
        resolve(allowed)
      },
    }
    change([...asked, question])
  })
  waiting.set(host, answered)
  return answered
}

/**
 * Sends, and where the engine wants a host allowed first, asks the person, allows it and sends
 * again. Rejects with a sentence when the person refuses; nothing was sent then.
 */
export async function withAllowedHost<Result>(send: () => Promise<Result>): Promise<Result> {
  for (let before: string | null = null; ;) {
    try {
      return await send()
    } catch (error) {
      const host = hostOf(error)
      // The same host twice: allowing it did not help, and asking again would not either.
      if (host === null || host === before) throw error
      if (!(await ask(host))) throw new HostRefused(host)
      before = host
      await client.hosts.allow({ host })
      await queryClient.invalidateQueries({ queryKey: api.hosts.key() })
    }
  }
}
