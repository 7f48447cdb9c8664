import { useSyncExternalStore } from 'react'
import type { AppState } from '#contract/app-state.ts'
import { Toggle } from '#renderer/controls/toggle.tsx'
import type { AppHost } from '#renderer/platform/app-host.ts'
import { platform } from '#renderer/platform/platform.ts'
import { Setting } from '#renderer/settings/setting.tsx'
import { UpdatesSetting } from './updates-setting.tsx'

/** What the desktop app does by itself: at login, when its window closes, and about new versions. */
export function DesktopSection() {
  return platform.app === null ? null : <OfApp app={platform.app} />
}

function OfApp({ app }: { app: AppHost }) {
  const state = useSyncExternalStore(app.subscribe, app.state)
  if (state === null) return null
  return (
    <>
      <StartAtLogin app={app} state={state} />
      <Setting
        id="closing"
        hint="Closing the window then hides it: deliveries are recorded, and notifications come. Countersign’s icon in the tray, or starting it once more, brings it back."
      >
        <Toggle
          label="Go on recording when the window is closed"
          on={state.keepRunning}
          onChange={(keepRunning) => app.change({ keepRunning })}
        />
      </Setting>
      <UpdatesSetting app={app} updates={state.updates} />
    </>
  )
}

function StartAtLogin({ app, state }: { app: AppHost; state: AppState }) {
  const { startAtLogin, startAtLoginSentence } = state
  return (
    <Setting
      id="startAtLogin"
      hint={
        startAtLoginSentence ??
        'Off until you switch it on. It starts without a window and records.'
      }
    >
      {startAtLogin !== null && (
        <Toggle
          label="Start Countersign when I log in"
          on={startAtLogin}
          onChange={(on) => app.change({ startAtLogin: on })}
        />
      )}
    </Setting>
  )
}
