import { Search } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { AppearanceSection } from './sections/appearance-section.tsx'
import { DataSection } from './sections/data-section.tsx'
import { DesktopSection } from './sections/desktop-section.tsx'
import { EndpointsSection } from './sections/endpoints-section.tsx'
import { ListenerSection } from './sections/listener-section.tsx'
import { NotificationsSection } from './sections/notifications-section.tsx'
import { PrivacySection } from './sections/privacy-section.tsx'
import { PublicUrlSection } from './sections/public-url-section.tsx'
import { RetentionSection } from './sections/retention-section.tsx'
import { SecretsSection } from './sections/secrets-section.tsx'
import { ShortcutsSection } from './sections/shortcuts-section.tsx'
import { TransferSection } from './sections/transfer-section.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { openSettings } from './open-settings.ts'
import { FoundSettings } from './setting.tsx'
import {
  findSettings,
  isSectionId,
  type SectionId,
  sections,
  sectionsOf,
} from './settings-index.ts'

/** The browser shell has no app around it to set. */
const offered = sections.filter(({ id }) => id !== 'desktop' || platform.app !== null)

const contents: Record<SectionId, () => ReactNode> = {
  listener: ListenerSection,
  publicUrl: PublicUrlSection,
  endpoints: EndpointsSection,
  secrets: SecretsSection,
  retention: RetentionSection,
  data: DataSection,
  appearance: AppearanceSection,
  shortcuts: ShortcutsSection,
  notifications: NotificationsSection,
  desktop: DesktopSection,
  privacy: PrivacySection,
  transfer: TransferSection,
}

function isOffered(id: string | null): id is SectionId {
  return isSectionId(id) && offered.some((section) => section.id === id)
}

function SearchBox(props: { text: string; onChange: (text: string) => void }) {
  return (
    <SearchField
      aria-label="Search settings"
      value={props.text}
      onChange={props.onChange}
      className="flex items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 focus-within:border-focus"
    >
      <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
      <Input
        placeholder="Search settings"
        spellCheck={false}
        className="h-7.5 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
      />
    </SearchField>
  )
}

function SectionList(props: { shown: readonly SectionId[]; current: SectionId | null }) {
  return (
    <nav aria-label="Sections of the settings">
      <ul className="flex flex-row flex-wrap gap-px @xl:flex-col">
        {offered.map(({ id, name }) => {
          const current = id === props.current
          return (
            <li key={id}>
              <button
                type="button"
                disabled={!props.shown.includes(id)}
                aria-current={current ? 'page' : undefined}
                onClick={() => openSettings(id)}
                className={`flex h-7 w-full items-center rounded-md px-2 text-left disabled:opacity-40 ${current ? 'bg-accent-soft font-medium text-ink' : 'text-ink-2 hover:bg-hover'}`}
              >
                {name}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function Section({ id }: { id: SectionId }) {
  const Content = contents[id]
  const name = sections.find((section) => section.id === id)?.name
  return (
    <div className="flex flex-col gap-6">
      <h2 className="text-lg font-semibold">{name}</h2>
      <Content />
    </div>
  )
}

/** All settings, a section at a time; a search shows what it finds of every section. */
export function SettingsPage({ section }: { section: string | null }) {
  const [typed, setTyped] = useState({ section, text: '' })
  // Going to a section ends the search.
  const text = typed.section === section ? typed.text : ''
  const found = useMemo(() => findSettings(text), [text])
  const searching = text.trim() !== ''
  const chosen = isOffered(section) ? section : 'listener'
  const shown = searching ? sectionsOf(found).filter(isOffered) : [chosen]
  return (
    <div className="@container min-h-0 min-w-0 flex-1">
      <div className="flex h-full flex-col overflow-y-auto @xl:flex-row">
        <div className="flex shrink-0 flex-col gap-3 border-b border-line bg-canvas p-3 @xl:w-52 @xl:overflow-y-auto @xl:border-r @xl:border-b-0">
          <h1 className="px-2 pt-1 text-lg font-semibold">Settings</h1>
          <SearchBox text={text} onChange={(next) => setTyped({ section, text: next })} />
          <SectionList
            shown={searching ? shown : offered.map(({ id }) => id)}
            current={searching ? null : chosen}
          />
        </div>
        <div
          key={chosen}
          tabIndex={-1}
          className="min-w-0 outline-none @xl:min-h-0 @xl:flex-1 @xl:overflow-y-auto"
        >
          <FoundSettings value={found}>
            <div className="flex max-w-2xl flex-col gap-10 px-5 pt-5 pb-16 @xl:px-8">
              {shown.map((id) => (
                <Section key={id} id={id} />
              ))}
              {shown.length === 0 && (
                <p className="text-ink-2">No setting has these words. Escape clears the search.</p>
              )}
            </div>
          </FoundSettings>
        </div>
      </div>
    </div>
  )
}
