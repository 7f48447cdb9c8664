import { ORPCError } from '@orpc/client'
import { useMutation } from '@tanstack/react-query'
import { Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { ProgressBar } from 'react-aria-components'
import type { Job } from '#contract/selection.ts'
import type { Status } from '#contract/status.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { useCommand } from '#renderer/commands/use-command.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount } from '#renderer/words/format.ts'

/** An error that is worth a line: when a job is gone already, there is nothing left to stop. */
function complaint(error: unknown): string | null {
  if (error === null) return null
  if (error instanceof ORPCError && error.code === 'NOT_FOUND') return null
  return errorSentence(error)
}

const refresh = {
  onSettled: () => queryClient.invalidateQueries({ queryKey: api.status.get.key() }),
}

function JobProgress({ job }: { job: Job }) {
  const cancel = useMutation(api.deliveries.cancelJob.mutationOptions(refresh))
  const failure = complaint(cancel.error)
  return (
    <div className="flex flex-col gap-1 px-4 py-2.5">
      <div className="flex items-center gap-1 text-xs text-ink-2">
        <span className="min-w-0 flex-1 truncate">{job.sentence}</span>
        <IconButton small icon={X} label="Cancel" onPress={() => cancel.mutate({ id: job.id })} />
      </div>
      <ProgressBar
        aria-label={job.sentence}
        value={job.done}
        maxValue={Math.max(job.total ?? job.done, 1)}
        isIndeterminate={job.total === null}
        className="flex flex-col gap-1"
      >
        {({ percentage }) => (
          <>
            <div className="h-1 overflow-hidden rounded-full bg-line">
              <div
                className="h-full rounded-full bg-accent"
                style={{ width: `${percentage ?? 30}%` }}
              />
            </div>
            <span className="text-xs text-ink-3">
              {formatCount(job.done)}
              {job.total !== null && ` of ${formatCount(job.total)}`}
            </span>
          </>
        )}
      </ProgressBar>
      {failure !== null && (
        <p role="alert" className="selectable text-xs text-red">
          {failure}
        </p>
      )}
    </div>
  )
}

/** Work on many deliveries that goes on behind, with how far it has come. */
export function Jobs({ jobs }: Pick<Status, 'jobs'>) {
  return jobs
    .filter(({ state }) => state === 'running')
    .map((job) => <JobProgress key={job.id} job={job} />)
}

function doneWords({ done }: Job): string {
  return `${formatCount(done)} ${done === 1 ? 'delivery' : 'deliveries'} deleted`
}

/** The last removal for as long as it can be undone. */
export function UndoToast({ jobs }: Pick<Status, 'jobs'>) {
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const last = jobs.filter(({ state }) => state === 'undoable').at(-1)
  const back = useMutation(api.deliveries.undoRemove.mutationOptions(refresh))
  const undo = () => last && back.mutate({ id: last.id })
  const failure = complaint(back.error)
  useCommand('edit.undo', undo, last !== undefined)
  const shown = last !== undefined && !hidden.has(last.id)
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-5 z-30 flex justify-center"
    >
      {shown && (
        <div className="appear float-shadow pointer-events-auto flex h-10 items-center gap-3 rounded-lg border border-line bg-raised pr-1.5 pl-4">
          <span>{failure ?? doneWords(last)}</span>
          <Button small icon={Undo2} onPress={undo}>
            Undo
          </Button>
          <IconButton
            small
            icon={X}
            label="Hide this"
            onPress={() => setHidden(new Set([...hidden, last.id]))}
          />
        </div>
      )}
    </div>
  )
}
