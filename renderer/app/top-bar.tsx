import { useQuery } from '@tanstack/react-query'
import { Keyboard, PanelLeft, SendHorizontal, Settings } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { FilterField } from '#renderer/filter/filter-field.tsx'
import { ThemeButton } from '#renderer/theme/theme-choice.tsx'
import { useSendTest } from '#renderer/tools/use-send-test.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { api, connection } from './api.ts'
import { showDialog } from './dialogs.ts'
import type { Place } from './location.ts'

/** Whether the listener is there, and the URL that senders post to. */
function CaptureUrl() {
  const status = useQuery(api.status.get.queryOptions()).data
  const link = useSyncExternalStore(connection.subscribe, connection.state)
  const url = status?.listening?.url ?? null
  const live = url !== null && link === 'open'
  return (
    <div className="flex min-w-0 items-center gap-2">
      <span
        aria-hidden
        className={`size-2 shrink-0 rounded-full ${live ? 'bg-green' : 'bg-amber'}`}
      />
      <span className="text-sm text-ink-2">{live ? 'Listening' : 'Not listening'}</span>
      {url !== null && (
        <span className="flex min-w-0 items-center rounded-md border border-line bg-surface pl-2">
          <span className="wire truncate" data-testid="capture-url">
            {url}
          </span>
          <CopyButton text={url} label="Copy capture URL" />
        </span>
      )}
    </div>
  )
}

export function TopBar(props: { place: Place; listShown: boolean; onToggleSidebar: () => void }) {
  const { place, listShown } = props
  const sendTest = useSendTest()
  const endpointId = place.view.kind === 'endpoint' ? place.view.id : null
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-canvas pr-3 pl-2.5">
      <IconButton
        icon={PanelLeft}
        label="Show or hide the sidebar"
        hotkey="["
        onPress={props.onToggleSidebar}
      />
      <h1 className="sr-only">Countersign</h1>
      <CaptureUrl />
      {listShown && <FilterField query={place.query} />}
      <span className="flex-1" />
      {sendTest.error && (
        <span role="alert" className="truncate text-sm text-red">
          {errorSentence(sendTest.error)}
        </span>
      )}
      <Button
        icon={SendHorizontal}
        isDisabled={sendTest.isPending}
        onPress={() => sendTest.mutate({ endpointId })}
      >
        Send a test webhook
      </Button>
      <span className="flex items-center">
        <IconButton
          icon={Keyboard}
          label="Keyboard shortcuts"
          hotkey="?"
          onPress={() => showDialog({ kind: 'shortcuts' })}
        />
        <ThemeButton />
        <IconButton icon={Settings} label="Settings" onPress={() => openSettings()} />
      </span>
    </header>
  )
}
