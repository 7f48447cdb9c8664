import { Check } from 'lucide-react'
import { createContext, type ReactNode, useContext, useId } from 'react'
import { findSettings, settings, type SettingId } from './settings-index.ts'
import type { SaveState } from './use-settings.ts'

/** The settings that the search found; the others are not shown. */
export const FoundSettings = createContext<ReadonlySet<SettingId>>(findSettings(''))

interface Props {
  id: SettingId
  hint?: ReactNode
  /** How the last change went, shown beside the title. */
  outcome?: SaveState
  children: ReactNode
}

/** One setting: its title, what it means, its control. */
export function Setting({ id, hint, outcome, children }: Props) {
  const heading = useId()
  if (!useContext(FoundSettings).has(id)) return null
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-2">
      <div className="flex items-baseline gap-3">
        <h3 id={heading} className="font-semibold">
          {settings[id].title}
        </h3>
        <Outcome outcome={outcome} />
      </div>
      {hint && <div className="selectable max-w-prose text-ink-2">{hint}</div>}
      {children}
      {outcome?.state === 'failed' && (
        <p role="alert" className="selectable text-red">
          {outcome.sentence}
        </p>
      )}
    </section>
  )
}

function Outcome({ outcome }: { outcome: SaveState | undefined }) {
  return (
    <span role="status" className="flex items-center gap-1 text-sm text-green">
      {outcome?.state === 'saved' && (
        <>
          <Check size={13} aria-hidden /> Saved
        </>
      )}
    </span>
  )
}
