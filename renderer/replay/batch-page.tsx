import { useMutation, useQuery } from '@tanstack/react-query'
import { ArrowLeft, Ban, CircleAlert, Download, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { Batch } from '#contract/replay.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { Callout, Chip } from '#renderer/controls/marks.tsx'
import { deliveriesOf } from '#renderer/list/count-words.ts'
import { BatchProgress, cancelBatch } from '#renderer/status/batches.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount, formatDuration, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { failedDeliveries, saveResults } from './batch-results.ts'
import { batchWords } from './bulk-words.ts'
import { OutcomeBar } from './outcome-bar.tsx'
import { ReplayList } from './replay-list.tsx'

/** How long the answers took: half of them, 95 %, 99 %, the slowest. */
function Latencies({ latencyMs }: Pick<Batch, 'latencyMs'>) {
  if (!latencyMs) return null
  const parts = [
    ['p50', latencyMs.p50],
    ['p95', latencyMs.p95],
    ['p99', latencyMs.p99],
    ['slowest', latencyMs.max],
  ] as const
  return (
    <dl aria-label="Latencies" className="flex flex-wrap gap-x-8 gap-y-2">
      {parts.map(([name, ms]) => (
        <div key={name} className="flex flex-col">
          <dt className="text-sm text-ink-3">{name}</dt>
          <dd className="text-lg font-medium">{formatDuration(ms)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Actions({ batch }: { batch: Batch }) {
  const save = useMutation({
    mutationFn: (format: 'csv' | 'ndjson') => saveResults(batch.id, format),
  })
  const again = useMutation({
    mutationFn: () => failedDeliveries(batch.id),
    onSuccess: (ids) => {
      if (ids.length === 0) return
      showDialog({
        kind: 'replay-many',
        selection: { ids },
        what: deliveriesOf(ids.length),
        count: ids.length,
        endpointId: null,
        url: batch.url,
      })
    },
  })
  const error = save.error ?? again.error
  const running = batch.state === 'running'
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {running && (
          <Button icon={Ban} onPress={() => void cancelBatch(batch.id)}>
            Cancel
          </Button>
        )}
        {batch.failed > 0 && (
          <Button icon={RotateCw} isDisabled={running} onPress={() => again.mutate()}>
            Replay the failed ones again…
          </Button>
        )}
        <Button icon={Download} onPress={() => save.mutate('csv')}>
          Export as CSV
        </Button>
        <Button icon={Download} onPress={() => save.mutate('ndjson')}>
          Export as NDJSON
        </Button>
      </div>
      {error && (
        <p role="alert" className="selectable text-red">
          {errorSentence(error)}
        </p>
      )}
    </div>
  )
}

function Results({ batch }: { batch: Batch }) {
  const [chosen, setShown] = useState<'failed' | 'all' | null>(null)
  // Failures first: they are what one looks for.
  const shown = chosen ?? (batch.failed > 0 ? 'failed' : 'all')
  return (
    <section aria-label="Results" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">Results</h2>
        <Segments
          label="Which results"
          value={shown}
          onChange={setShown}
          options={[
            { id: 'failed', name: `Failed ${formatCount(batch.failed)}` },
            { id: 'all', name: `All ${formatCount(batch.sent)}` },
          ]}
        />
      </div>
      <ReplayList
        key={shown}
        label={shown === 'failed' ? 'Failed replays' : 'Replays of this bulk replay'}
        of={{ batchId: batch.id, failed: shown === 'failed' }}
        none={shown === 'failed' ? 'None failed.' : 'Nothing was sent yet.'}
      />
    </section>
  )
}

/** One bulk replay: how it goes or went, and every request of it. */
export function BatchPage({ batchId }: { batchId: number }) {
  const { data: batch, error } = useQuery(api.batches.get.queryOptions({ input: { id: batchId } }))
  return (
    <>
      <div className="-mb-3 -ml-2">
        <Button
          small
          kind="quiet"
          icon={ArrowLeft}
          onPress={() => go({ view: { kind: 'replays', batchId: null } })}
        >
          All replays
        </Button>
      </div>
      {error && <p className="selectable text-red">{errorSentence(error)}</p>}
      {batch && (
        <>
          <header className="flex flex-col gap-1">
            <h1 className="flex flex-wrap items-center gap-2 text-lg font-semibold">
              Bulk replay {batch.id} <Chip>{batchWords(batch)}</Chip>
            </h1>
            <p className="selectable text-ink-2 [overflow-wrap:anywhere]">
              {visibleStart(batch.sentence, 400)}
              <span className="text-ink-3">
                , {formatLocal(batch.startedAtMs)}
                {batch.endedAtMs !== null &&
                  `, took ${formatDuration(batch.endedAtMs - batch.startedAtMs)}`}
              </span>
            </p>
          </header>
          {batch.state === 'running' && <BatchProgress batch={batch} />}
          {batch.detail !== null && (
            <Callout tone="amber" icon={<CircleAlert size={15} aria-hidden />}>
              {visibleStart(batch.detail, 600)}
            </Callout>
          )}
          <section
            aria-label="Summary"
            className="flex flex-col gap-4 rounded-md border border-line bg-surface p-4"
          >
            <OutcomeBar outcomes={batch.outcomes} />
            <Latencies latencyMs={batch.latencyMs} />
          </section>
          <Actions batch={batch} />
          <Results batch={batch} />
        </>
      )}
    </>
  )
}
