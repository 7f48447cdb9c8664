import { ProgressBar } from 'react-aria-components'
import type { UpdateState } from '#contract/app-state.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Toggle } from '#renderer/controls/toggle.tsx'
import type { AppHost } from '#renderer/platform/app-host.ts'
import { platform } from '#renderer/platform/platform.ts'
import { Setting } from '#renderer/settings/setting.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'

const LONGEST_NOTES = 20_000

interface Props {
  app: AppHost
  updates: UpdateState
}

/** Whether newer versions are looked for, and what is done about one, a step at a time. */
export function UpdatesSetting({ app, updates }: Props) {
  return (
    <Setting
      id="updates"
      hint="Off until you allow it. Then it asks once a day whether there is a newer version, and tells nothing but that it asks. You read what is new, then it is fetched, checked against its signature, and installed when you say so and no deliveries arrive."
    >
      {updates.way !== 'none' && (
        <Toggle
          label="Look for newer versions"
          on={updates.allowed}
          onChange={(on) => app.change({ updates: on })}
        />
      )}
      {updates.way === 'none' && <p className="text-ink-2">{updates.sentence}</p>}
      {updates.way !== 'none' && updates.allowed && <Progress app={app} updates={updates} />}
    </Setting>
  )
}

function Progress({ app, updates }: Props) {
  const { phase, version, notes, percent, sentence } = updates
  return (
    <div className="flex flex-col gap-3" data-update={phase}>
      {version !== null && (
        <section
          aria-label={`Version ${version}`}
          className="flex flex-col gap-2 rounded-md border border-line bg-surface px-3 py-2.5"
        >
          <h4 className="font-medium">Version {visibleStart(version, 60)}</h4>
          <p className="selectable max-h-72 overflow-y-auto whitespace-pre-wrap text-ink-2">
            {linesOf(notes ?? '') || 'It brings no notes.'}
          </p>
        </section>
      )}
      {phase === 'downloading' && <Fetched percent={percent ?? 0} />}
      <p role="status" className={phase === 'failed' ? 'selectable text-red' : 'text-ink-2'}>
        {phase === 'checking' ? 'Looking for a newer version.' : sentence}
        {phase === 'ready' && ' It is fetched, and its signature is right.'}
        {phase === 'installing' && 'Finishing what is under way; then it starts anew.'}
      </p>
      <Steps app={app} updates={updates} />
    </div>
  )
}

/** Its lines stay lines. */
function linesOf(notes: string): string {
  const lines = notes.slice(0, LONGEST_NOTES).trim().split(/\r?\n/)
  return lines.map((line) => visibleStart(line, LONGEST_NOTES)).join('\n')
}

function Fetched({ percent }: { percent: number }) {
  return (
    <ProgressBar aria-label="Fetching the new version" value={percent} className="max-w-sm">
      <div className="h-1 overflow-hidden rounded-full bg-line">
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
    </ProgressBar>
  )
}

function Steps({ app, updates: { phase, way, page } }: Props) {
  const idle = phase === 'idle' || phase === 'failed'
  return (
    <div className="flex items-center gap-2">
      {idle && <Button onPress={() => app.step('check')}>Look now</Button>}
      {phase === 'found' && way === 'itself' && (
        <Button kind="primary" onPress={() => app.step('download')}>
          Fetch it
        </Button>
      )}
      {phase === 'ready' && (
        <Button kind="primary" onPress={() => app.step('install')}>
          Install and restart
        </Button>
      )}
      {phase === 'waiting' && <Button onPress={() => app.step('later')}>Not now</Button>}
      {page !== null && (phase === 'failed' || (phase === 'found' && way === 'by-hand')) && (
        <Button onPress={() => platform.openLink(page)}>Open the page of versions</Button>
      )}
    </div>
  )
}
