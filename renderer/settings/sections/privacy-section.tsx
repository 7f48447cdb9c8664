import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { clearChoices, clearHistory } from '#renderer/settings/local-choices.ts'
import { platform } from '#renderer/platform/platform.ts'
import { Setting } from '#renderer/settings/setting.tsx'
import { AllowedHosts } from './allowed-hosts.tsx'
import { LogsSetting } from './logs-setting.tsx'

const places: readonly [string, string][] = [
  ['countersign.sqlite', 'Deliveries, endpoints, sealed secrets, replays, settings'],
  ['bodies', 'Bodies over 1 MiB, a file each'],
  ['data.key', 'The key of sealed secrets, where the system keeps no keys'],
  ['keymap.json', 'Your own keys'],
  ['logs', 'What happened and what failed, without bodies and secrets'],
]

const everywhere = [
  'Replays, forwards and endpoint checks, to the address that you name.',
  'A certificate or public key, from the host that is shown before you press.',
  'A provider’s documentation, in your browser.',
]
/** The desktop app alone can be replaced by a newer one. */
const ofTheApp = 'Whether there is a newer version, once a day, as long as you allow it (Desktop).'
const outgoing = platform.app === null ? everywhere : [...everywhere, ofTheApp]

/** What lies where, what leaves this machine, and how to clear what this window remembers. */
export function PrivacySection() {
  const dataDir = useQuery(api.status.get.queryOptions()).data?.dataDir ?? ''
  return (
    <>
      <Setting
        id="places"
        hint="Everything lies in one folder that only you can read. Whoever removes it removes everything."
      >
        <p className="flex items-center gap-1">
          <span className="wire selectable min-w-0 break-all">{dataDir}</span>
          <CopyButton text={dataDir} label="Copy data directory" />
        </p>
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1 text-sm">
          {places.map(([name, what]) => (
            <div key={name} className="contents">
              <dt className="font-mono text-xs text-ink-3">{name}</dt>
              <dd className="text-ink-2">{what}</dd>
            </div>
          ))}
        </dl>
      </Setting>
      <Setting
        id="network"
        hint="Nothing, by itself: no telemetry, no update check, no account. Only when you press it or allow it:"
      >
        <ul className="list-disc pl-5 text-ink-2 marker:text-ink-3">
          {outgoing.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Setting>
      <AllowedHosts />
      <LogsSetting />
      <Choices />
    </>
  )
}

function Choices() {
  const [done, setDone] = useState('')
  return (
    <Setting
      id="choices"
      hint="Theme, density, widths, columns, and the filters and commands you used lately are kept in this window, not with the data."
    >
      <div className="flex items-center gap-2">
        <Button
          onPress={() => {
            clearHistory()
            setDone('The history of filters and commands is cleared.')
          }}
        >
          Clear the history
        </Button>
        <Button
          onPress={() => {
            clearChoices()
            setDone(
              'All choices of this window are cleared; reload the window to see the defaults.',
            )
          }}
        >
          Clear all choices
        </Button>
      </div>
      <p role="status" className="text-sm text-ink-2">
        {done}
      </p>
    </Setting>
  )
}
