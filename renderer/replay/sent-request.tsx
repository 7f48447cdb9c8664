import { isCredentialHeader, maskedTarget } from '#contract/credentials.ts'
import type { Replay } from '#contract/replay.ts'
import { useSchemeOf } from '#renderer/detail/use-scheme-of.ts'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { formatBytes } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { changedWords } from './changed-words.ts'

/** What went out, and what of it differs from the captured request. */
export function SentRequest({ replay }: { replay: Replay }) {
  const { method, target, rawHeaders, bodyByteLength } = replay.request
  const scheme = useSchemeOf(replay.deliveryId)
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h4 className="text-sm font-semibold text-ink-2">Sent</h4>
      {replay.deliveryId !== null && (
        <p className="text-sm text-ink-2">
          {replay.changed.length === 0
            ? 'Nothing was changed.'
            : `Changed: ${visibleStart(changedWords(replay.changed).join(', '), 600)}.`}
        </p>
      )}
      <p className="wire break-all">
        {visibleStart(`${method} ${maskedTarget(target, scheme)}`, 2_000)}
      </p>
      <HeaderList
        rawHeaders={rawHeaders}
        label="Headers sent"
        isCredential={(header) => isCredentialHeader(header, scheme)}
      />
      <p className="text-sm text-ink-3">Body, {formatBytes(bodyByteLength)}</p>
    </section>
  )
}
