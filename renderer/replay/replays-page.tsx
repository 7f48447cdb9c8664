import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Batch, ReplayOrigin } from '#contract/replay.ts'
import { api } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { useHotkey } from '#renderer/commands/keymap-store.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { Key } from '#renderer/controls/key.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { BatchPage } from './batch-page.tsx'
import { batchWords } from './bulk-words.ts'
import { ReplayList } from './replay-list.tsx'

function BatchLine({ batch }: { batch: Batch }) {
  return (
    <li>
      <button
        type="button"
        onClick={() => go({ view: { kind: 'replays', batchId: batch.id } })}
        className="flex w-full items-center gap-3 rounded-md border border-line bg-raised px-3 py-2 text-left hover:bg-hover"
      >
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate">{visibleStart(batch.sentence, 300)}</span>
          <span className="truncate text-sm text-ink-3">
            {formatLocal(batch.startedAtMs)}, {batchWords(batch)}
          </span>
        </span>
        <ChevronRight size={15} aria-hidden className="text-ink-3" />
      </button>
    </li>
  )
}

/** What replaying is for, and how to begin. */
function Empty() {
  const one = useHotkey('delivery.replay')
  const all = useHotkey('list.selectAll')
  return (
    <div className="flex flex-col items-start gap-3 rounded-md border border-line bg-surface p-6">
      <h2 className="text-base font-semibold">Nothing was sent yet</h2>
      <p className="max-w-prose text-ink-2">
        A replay sends a captured request again: as it was, signed anew, or edited. Open a delivery
        {one !== undefined && (
          <>
            {' '}
            and press <Key>{one}</Key>
          </>
        )}
        . For many at once select rows, or all that a filter finds
        {all !== undefined && (
          <>
            {' '}
            with <Key>{all}</Key>
          </>
        )}
        , and do the same.
      </p>
      <Button onPress={() => go({ view: { kind: 'all' }, query: '', deliveryId: null })}>
        Go to the deliveries
      </Button>
    </div>
  )
}

type Shown = ReplayOrigin | 'all'

const questions: Record<Shown, { of: { origin?: ReplayOrigin; single?: boolean }; none: string }> =
  {
    replay: { of: { origin: 'replay', single: true }, none: 'No single replay yet.' },
    forward: { of: { origin: 'forward', single: true }, none: 'Nothing was forwarded yet.' },
    compose: {
      of: { origin: 'compose', single: true },
      none: 'Nothing that was composed was sent yet.',
    },
    all: { of: {}, none: 'Nothing was sent yet.' },
  }

function Everything() {
  const [shown, setShown] = useState<Shown>('replay')
  const { data: batches, error } = useQuery(api.batches.list.queryOptions({ input: {} }))
  const any = useQuery(api.replays.list.queryOptions({ input: { limit: 1 } })).data
  if (any?.length === 0 && batches?.length === 0) {
    return (
      <>
        <h1 className="text-lg font-semibold">Replays</h1>
        <Empty />
      </>
    )
  }
  return (
    <>
      <h1 className="text-lg font-semibold">Replays</h1>
      {error && <p className="selectable text-red">{errorSentence(error)}</p>}
      {batches && batches.length > 0 && (
        <section aria-label="Bulk replays" className="flex flex-col gap-3">
          <h2 className="text-base font-semibold">Bulk replays</h2>
          <ul className="flex flex-col gap-1.5">
            {batches.map((batch) => (
              <BatchLine key={batch.id} batch={batch} />
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Requests" className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="text-base font-semibold">Requests</h2>
          <Segments
            label="Which requests"
            value={shown}
            onChange={setShown}
            options={[
              { id: 'replay', name: 'Single replays' },
              { id: 'forward', name: 'Forwards' },
              { id: 'compose', name: 'Composed' },
              { id: 'all', name: 'All' },
            ]}
          />
        </div>
        <ReplayList key={shown} label="Requests sent" {...questions[shown]} />
      </section>
    </>
  )
}

/** All that was sent from here, or one bulk replay. */
export function ReplaysPage({ batchId }: { batchId: number | null }) {
  return (
    <div className="min-h-0 min-w-0 flex-1 overflow-y-auto bg-canvas">
      <div className="mx-auto flex max-w-5xl flex-col gap-6 px-6 pt-5 pb-16">
        {batchId === null ? <Everything /> : <BatchPage key={batchId} batchId={batchId} />}
      </div>
    </div>
  )
}
