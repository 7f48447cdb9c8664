import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { ConnectionBanner } from '#renderer/status/connection-banner.tsx'
import { Problems } from '#renderer/status/problems.tsx'
import { ToastOutlet } from '#renderer/status/toast.tsx'
import { FileDrop } from '#renderer/transfer/file-drop.tsx'
import { useKeyDispatch } from '#renderer/commands/use-key-dispatch.ts'
import { useKeymap } from '#renderer/commands/use-keymap.ts'
import { useNotifications } from '#renderer/notifications/use-notifications.ts'
import { useUnlockAtStart } from '#renderer/data-key/use-data-key.ts'
import { api } from './api.ts'
import { AppCommands } from './app-commands.tsx'
import { Deliveries } from './deliveries.tsx'
import { DialogOutlet } from './dialog-outlet.tsx'
import { usePlace } from './location.ts'
import { PaneDivider } from './pane-divider.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'
import { useHost } from './use-host.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useKeptNumber } from './use-kept.ts'
import { useSidebar } from './use-sidebar.ts'
import { useWindowWidth } from './use-window-width.ts'

const VerifyPage = lazy(async () => ({
  default: (await import('#renderer/verify-page/verify-page.tsx')).VerifyPage,
}))
const CheckPage = lazy(async () => ({
  default: (await import('#renderer/check/check-page.tsx')).CheckPage,
}))
const ComposePage = lazy(async () => ({
  default: (await import('#renderer/compose/compose-page.tsx')).ComposePage,
}))
const SchemesPage = lazy(async () => ({
  default: (await import('#renderer/schemes/schemes-page.tsx')).SchemesPage,
}))
const OverviewPage = lazy(async () => ({
  default: (await import('#renderer/overview/overview-page.tsx')).OverviewPage,
}))
const SettingsPage = lazy(async () => ({
  default: (await import('#renderer/settings/settings-page.tsx')).SettingsPage,
}))
const FixturesPage = lazy(async () => ({
  default: (await import('#renderer/fixtures/fixtures-page.tsx')).FixturesPage,
}))
const ReplaysPage = lazy(async () => ({
  default: (await import('#renderer/replay/replays-page.tsx')).ReplaysPage,
}))
const ComparePage = lazy(async () => ({
  default: (await import('#renderer/diff/compare-page.tsx')).ComparePage,
}))
const SubscriberHash = lazy(async () => ({
  default: (await import('#renderer/tools/subscriber-hash.tsx')).SubscriberHash,
}))

/** Views that are no lists of deliveries. */
const pages: ReadonlySet<string> = new Set([
  'verify',
  'compose',
  'checks',
  'fixtures',
  'schemes',
  'subscriber-hash',
  'overview',
  'compare',
  'replays',
  'settings',
])

const SIDEBAR = 196
const LEAST_SIDEBAR = 180
const MOST_SIDEBAR = 320

/** The window: top bar, sidebar, and what the sidebar has chosen. */
export function App() {
  const place = usePlace()
  const status = useQuery(api.status.get.queryOptions()).data
  const windowWidth = useWindowWidth()
  const [sidebarWidth, setSidebarWidth] = useKeptNumber('sidebar-width', SIDEBAR)
  const sidebar = useSidebar(place.view)
  const { cramped } = sidebar
  useHost()
  useKeyDispatch()
  useKeptFocus()
  useKeymap()
  useNotifications()
  useUnlockAtStart(status)
  const listShown = !pages.has(place.view.kind)
  const room = windowWidth - (sidebar.on && !cramped ? sidebarWidth : 0)
  return (
    <div className="flex h-full flex-col">
      {/* First, so that whatever is mounted later may answer a command in its place. */}
      <AppCommands place={place} />
      <TopBar
        place={place}
        listShown={listShown}
        width={windowWidth}
        onToggleSidebar={sidebar.toggle}
      />
      <ConnectionBanner />
      {status && <Problems status={status} />}
      <div className="relative flex min-h-0 flex-1">
        {sidebar.on && cramped && (
          <div
            className="float-shadow absolute inset-y-0 left-0 z-30 border-r border-line"
            style={{ width: sidebarWidth }}
          >
            <Sidebar view={place.view} status={status} />
          </div>
        )}
        {sidebar.on && !cramped && (
          <>
            <div className="min-h-0 shrink-0" style={{ width: sidebarWidth }}>
              <Sidebar view={place.view} status={status} />
            </div>
            <PaneDivider
              label="Width of the sidebar"
              side="left"
              width={sidebarWidth}
              least={LEAST_SIDEBAR}
              most={MOST_SIDEBAR}
              onResize={setSidebarWidth}
              onReset={() => setSidebarWidth(SIDEBAR)}
            />
          </>
        )}
        {listShown && <Deliveries place={place} room={room} windowWidth={windowWidth} />}
        {!listShown && (
          <main tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 -outline-offset-2">
            <Suspense fallback={null}>
              {place.view.kind === 'verify' && <VerifyPage />}
              {place.view.kind === 'compose' && <ComposePage />}
              {place.view.kind === 'checks' && <CheckPage checkId={place.view.checkId} />}
              {place.view.kind === 'fixtures' && <FixturesPage />}
              {place.view.kind === 'schemes' && (
                <SchemesPage schemeId={place.view.schemeId} room={room} />
              )}
              {place.view.kind === 'overview' && <OverviewPage view={place.view} />}
              {place.view.kind === 'replays' && <ReplaysPage batchId={place.view.batchId} />}
              {place.view.kind === 'compare' && <ComparePage view={place.view} />}
              {place.view.kind === 'subscriber-hash' && <SubscriberHash />}
              {place.view.kind === 'settings' && <SettingsPage section={place.view.section} />}
            </Suspense>
          </main>
        )}
      </div>
      <DialogOutlet />
      <FileDrop />
      <ToastOutlet />
    </div>
  )
}
