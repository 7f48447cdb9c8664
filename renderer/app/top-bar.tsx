import { useQuery } from '@tanstack/react-query'
import { Keyboard, PanelLeft, Pause, Play, SendHorizontal, Settings } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useHotkey } from '#renderer/commands/keymap-store.ts'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { FilterField } from '#renderer/filter/filter-field.tsx'
import { PublicUrlChip } from '#renderer/public-url/public-url-chip.tsx'
import { ThemeButton } from '#renderer/theme/theme-choice.tsx'
import { useSendTest } from '#renderer/tools/use-send-test.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { api, connection } from './api.ts'
import { showDialog } from './dialogs.ts'
import type { Place } from './location.ts'
import { usePause } from './use-pause.ts'

/** Whether the listener is there, and the URL that senders post to. */
function CaptureUrl({ terse, urlShown }: { terse: boolean; urlShown: boolean }) {
  const status = useQuery(api.status.get.queryOptions()).data
  const link = useSyncExternalStore(connection.subscribe, connection.state)
  const url = status?.listening?.url ?? null
  const live = url !== null && link === 'open'
  const pausing = usePause()
  return (
    <div className="flex min-w-0 items-center gap-2">
      <span
        aria-hidden
        className={`size-2 shrink-0 rounded-full ${live ? 'bg-green' : 'bg-amber'}`}
      />
      <span className={terse ? 'sr-only' : 'text-sm text-ink-2'}>
        {live ? 'Listening' : pausing.paused ? 'Paused' : 'Not listening'}
      </span>
      {url !== null && (
        <span className="flex min-w-0 items-center rounded-md border border-line bg-surface">
          <span className={urlShown ? 'wire truncate pl-2' : 'sr-only'} data-testid="capture-url">
            {url}
          </span>
          <CopyButton text={url} label="Copy capture URL" />
        </span>
      )}
      {(live || pausing.paused) && (
        <IconButton
          icon={pausing.paused ? Play : Pause}
          label={pausing.paused ? 'Resume listening' : 'Pause listening'}
          isDisabled={!pausing.possible}
          onPress={pausing.turn}
        />
      )}
    </div>
  )
}

/** Under these widths of the window words give way, then the URL, which can still be copied. */
const TERSE = 800
const URL_ROOM = 560
const PUBLIC_URL_ROOM = 1100

interface Props {
  place: Place
  listShown: boolean
  /** Of the window, in pixels. */
  width: number
  onToggleSidebar: () => void
}

export function TopBar(props: Props) {
  const { place, listShown, width } = props
  const terse = width < TERSE
  const sendTest = useSendTest()
  const endpointId = place.view.kind === 'endpoint' ? place.view.id : null
  const send = () => sendTest.mutate({ endpointId })
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-canvas pr-3 pl-2.5">
      <IconButton
        icon={PanelLeft}
        label="Show or hide the sidebar"
        hotkey={useHotkey('app.sidebar')}
        onPress={props.onToggleSidebar}
      />
      <h1 className="sr-only">Countersign</h1>
      <CaptureUrl terse={terse} urlShown={width >= URL_ROOM || !listShown} />
      <PublicUrlChip urlShown={width >= PUBLIC_URL_ROOM} />
      {listShown && <FilterField query={place.query} />}
      <span className="flex-1" />
      {sendTest.error && (
        <span role="alert" className="truncate text-sm text-red">
          {errorSentence(sendTest.error)}
        </span>
      )}
      {!terse && (
        <Button icon={SendHorizontal} isPending={sendTest.isPending} onPress={send}>
          Send a test webhook
        </Button>
      )}
      <span className="flex items-center">
        {terse && (
          <IconButton
            icon={SendHorizontal}
            label="Send a test webhook"
            isPending={sendTest.isPending}
            onPress={send}
          />
        )}
        <IconButton
          icon={Keyboard}
          label="Keyboard shortcuts"
          hotkey={useHotkey('app.shortcuts')}
          onPress={() => showDialog({ kind: 'shortcuts' })}
        />
        <ThemeButton />
        <IconButton
          icon={Settings}
          label="Settings"
          hotkey={useHotkey('app.settings')}
          onPress={() => openSettings()}
        />
      </span>
    </header>
  )
}
