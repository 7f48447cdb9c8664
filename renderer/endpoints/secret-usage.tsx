import { useQuery } from '@tanstack/react-query'
import type { SecretInfo, SecretUsage } from '#contract/endpoint.ts'
import { api } from '#renderer/app/api.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { quotedNames, usageWords } from './usage-words.ts'

/** The usage of a secret, and whether another secret of its endpoint verified something lately. */
export type UsageOf = (id: number) => { usage: SecretUsage; othersVerify: boolean } | null

export function useSecretUsage(endpointId: number): UsageOf {
  const { data } = useQuery(api.endpoints.secretUsage.queryOptions({ input: { id: endpointId } }))
  return (id) => {
    const usage = data?.find(({ secretId }) => secretId === id)
    if (!data || !usage) return null
    const others = data.filter(({ secretId }) => secretId !== id)
    return { usage, othersVerify: others.some(({ verifiedCount }) => verifiedCount > 0) }
  }
}

/** What a secret verified lately, and where else its text is in use. */
export function SecretUsageLine({ secret, usageOf }: { secret: SecretInfo; usageOf: UsageOf }) {
  const now = useClock()
  const found = usageOf(secret.id)
  const names = secret.sameAs.map((name) => visibleStart(name, 80))
  const lastMs = found?.usage.lastVerifiedAtMs ?? null
  return (
    <>
      {found && secret.state === 'usable' && (
        <p className="text-sm text-ink-3" title={lastMs === null ? undefined : formatLocal(lastMs)}>
          {usageWords(found.usage, secret.createdAtMs, found.othersVerify, now)}
        </p>
      )}
      {names.length > 0 && (
        <p className="text-sm text-amber">
          The same secret is at {quotedNames(names)}: who learns it there can sign here. Give each
          endpoint its own.
        </p>
      )}
    </>
  )
}
