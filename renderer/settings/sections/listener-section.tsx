import { useQuery } from '@tanstack/react-query'
import { Info, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { ListenerSettings } from '#contract/settings.ts'
import type { Status } from '#contract/status.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { readBodyLimit, writeBodyLimit } from '#renderer/settings/body-limit.ts'
import { isLoopback, reachOf, readPort } from '#renderer/settings/listener-words.ts'
import { SavedField } from '#renderer/settings/saved-field.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave, useSettings } from '#renderer/settings/use-settings.ts'
import { ClientCertificatesSetting } from './client-certificates-setting.tsx'
import { HttpsSetting } from './https-setting.tsx'
import { PathTokenSetting } from './path-token-setting.tsx'

/** Where senders post to, how, and how much. */
export function ListenerSection() {
  const settings = useSettings()
  const status = useQuery(api.status.get.queryOptions()).data
  if (!settings || !status) return null
  const { listener } = settings
  return (
    <>
      <ListeningNow status={status} />
      <Address listener={listener} given={status.given.host} />
      <Port listener={listener} given={status.given.port} />
      <HttpsSetting tls={listener.tls} />
      <ClientCertificatesSetting
        clients={listener.clientCertificates ?? null}
        https={listener.tls !== null}
      />
      <PathTokenSetting listener={listener} host={status.listening?.host ?? listener.host} />
      <BodyLimit listener={listener} />
    </>
  )
}

function ListeningNow({ status }: { status: Status }) {
  if (!status.listening) return <p className="text-amber">Nothing listens now.</p>
  const { url } = status.listening
  const outside = status.publicAddress?.url
  return (
    <div className="flex flex-col gap-0.5 text-ink-2">
      <p className="flex items-center gap-1.5">
        Listening on <span className="wire selectable text-ink">{url}</span>
        <CopyButton text={url} label="Copy the URL" />
      </p>
      {outside !== undefined && (
        <p className="flex items-center gap-1.5">
          From the internet <span className="wire selectable break-all text-ink">{outside}</span>
          <CopyButton text={outside} label="Copy the public URL" />
        </p>
      )}
    </div>
  )
}

/** What the command line said holds until the next start. */
function Given({ what }: { what: string }) {
  return (
    <Callout tone="blue" icon={<Info size={15} aria-hidden />}>
      This start was told on its command line to use {what}. What is set here counts from the next
      start without it.
    </Callout>
  )
}

function Address(props: { listener: ListenerSettings; given: string | null }) {
  const { host } = props.listener
  const [asked, setAsked] = useState<string | null>(null)
  /** Counts how often the person stayed: the field then shows again what holds. */
  const [stays, setStays] = useState(0)
  const { save, outcome } = useSave()
  const apply = (wanted: string) => {
    save({ listener: { host: wanted } })
    setAsked(null)
  }
  const stay = () => {
    setAsked(null)
    setStays(stays + 1)
  }
  const commit = (text: string) => {
    if (text === '') return 'Name an address, such as 127.0.0.1.'
    if (isLoopback(text)) apply(text)
    else setAsked(text)
    return null
  }
  return (
    <Setting
      id="address"
      outcome={outcome}
      hint="127.0.0.1 takes senders on this machine only, such as a tunnel or the Stripe CLI. 0.0.0.0 takes those of every network."
    >
      {props.given !== null && <Given what={`the address ${props.given}`} />}
      <div className="w-72">
        <SavedField
          label="Address"
          hideLabel
          value={host}
          onCommit={commit}
          mono
          key={stays}
          hint={asked === null ? reachOf(host) : ''}
        />
      </div>
      {asked !== null && (
        <Callout tone="amber" icon={<TriangleAlert size={15} aria-hidden />}>
          <p>{reachOf(asked)}</p>
          <div className="mt-2 flex gap-2">
            <Button onPress={() => apply(asked)}>{`Listen on ${asked}`}</Button>
            <Button kind="quiet" onPress={stay}>
              {`Stay on ${host}`}
            </Button>
          </div>
        </Callout>
      )}
    </Setting>
  )
}

function Port(props: { listener: ListenerSettings; given: number | null }) {
  const { save, outcome } = useSave()
  const given = props.given === 0 ? 'any free port' : `port ${props.given}`
  return (
    <Setting
      id="port"
      outcome={outcome}
      hint="A change opens the new port first and lets requests on the old one end. Senders have to be told the new URL."
    >
      {props.given !== null && <Given what={given} />}
      <div className="w-32">
        <SavedField
          label="Port"
          hideLabel
          value={String(props.listener.port)}
          inputMode="numeric"
          mono
          onCommit={(text) => {
            const port = readPort(text)
            if (typeof port === 'string') return port
            save({ listener: { port } })
            return null
          }}
        />
      </div>
    </Setting>
  )
}

function BodyLimit({ listener }: { listener: ListenerSettings }) {
  const { save, outcome } = useSave()
  return (
    <Setting
      id="bodyLimit"
      outcome={outcome}
      hint="A larger one is answered 413; what came before that is kept as incomplete."
    >
      <div className="w-40">
        <SavedField
          label="Largest body, in MiB"
          value={writeBodyLimit(listener.bodyLimitBytes)}
          inputMode="decimal"
          onCommit={(text) => {
            const limit = readBodyLimit(text)
            if (typeof limit === 'string') return limit
            save({ listener: { bodyLimitBytes: limit.bytes } })
            return null
          }}
        />
      </div>
    </Setting>
  )
}
