import { Lock, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import type { Status } from '#contract/status.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { formatLocal } from '#renderer/words/format.ts'

/** What the person should know: problems of the engine, and secrets that are locked. */
export function Problems({ status }: { status: Status }) {
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const shown = status.problems.filter(({ sentence }) => !dismissed.has(sentence))
  const base = 'flex min-h-8 shrink-0 items-center gap-2 border-b py-1 pr-2 pl-4'
  return (
    <div role="status">
      {status.secrets.state === 'locked' && (
        <p className={`${base} soft-blue border-blue/25`}>
          <Lock size={14} aria-hidden className="shrink-0 text-blue" />
          <span className="selectable flex-1">{status.secrets.sentence}</span>
          {status.secrets.slots.includes('passphrase') ? (
            <Button small onPress={() => showDialog({ kind: 'data-key', task: 'unlock' })}>
              Unlock
            </Button>
          ) : (
            <Button small onPress={() => openSettings('secrets')}>
              What to do
            </Button>
          )}
        </p>
      )}
      {shown.map((problem) => (
        <div
          key={problem.code + problem.sentence}
          className={`${base} soft-amber border-amber/25`}
          title={`Since ${formatLocal(problem.sinceMs)}`}
        >
          <TriangleAlert size={14} aria-hidden className="shrink-0 text-amber" />
          <p className="selectable flex-1">{problem.sentence}</p>
          <IconButton
            small
            icon={X}
            label="Hide this"
            onPress={() => setDismissed(new Set([...dismissed, problem.sentence]))}
          />
        </div>
      ))}
    </div>
  )
}
