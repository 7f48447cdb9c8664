import { useQuery } from '@tanstack/react-query'
import { Globe, Plus, SendHorizontal, Settings } from 'lucide-react'
import { useState } from 'react'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { CopyButton, CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { useSendTest } from '#renderer/tools/use-send-test.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { curlSample, terminals, usualTerminal } from './curl-sample.ts'
import { ProviderPicker } from './provider-picker.tsx'

/** What stands where a list will: one thing is taught, and one action is the next. */
export function Centred(props: { title: string; children: React.ReactNode; wide?: boolean }) {
  return (
    <div className="flex min-h-0 flex-1 overflow-y-auto p-8">
      <div
        className={`m-auto flex w-full flex-col items-start gap-4 ${props.wide ? 'max-w-xl' : 'max-w-md'}`}
      >
        <h2 className="text-xl font-semibold">{props.title}</h2>
        {props.children}
      </div>
    </div>
  )
}

function NothingListens() {
  return (
    <Centred title="Nothing listens">
      <p className="text-ink-2">
        The capture port could not be opened. The line above says why; another address or port holds
        at once.
      </p>
      <Button kind="primary" icon={Settings} onPress={() => openSettings('listener')}>
        Change the listener
      </Button>
    </Centred>
  )
}

function Sample({ url }: { url: string }) {
  const [terminal, setTerminal] = useState(() => usualTerminal(navigator.userAgent))
  const command = curlSample(url, terminal)
  return (
    <div className="flex w-full flex-col gap-1.5">
      <div className="flex items-center gap-3">
        <span className="flex-1 text-sm text-ink-2">Or paste this into a terminal:</span>
        <Segments
          label="Terminal"
          options={[...terminals]}
          value={terminal}
          onChange={setTerminal}
        />
      </div>
      <div className="relative w-full">
        <pre
          tabIndex={0}
          aria-label="Command that posts a webhook"
          className="wire selectable rounded-md border border-line bg-sunken p-3 pr-9 text-left break-all whitespace-pre-wrap text-ink-2"
        >
          {command}
        </pre>
        <span className="absolute top-1.5 right-1.5">
          <CopyButton text={command} label="Copy the command" />
        </span>
      </div>
      {url.startsWith('https:') && (
        <p className="text-sm text-ink-3">
          {terminal === 'powershell' ? '-SkipCertificateCheck' : '-k'} accepts a certificate that
          nobody else vouches for; without it the sender has to trust yours.
        </p>
      )}
    </div>
  )
}

/** What providers on the internet post to, or the way to it. */
function PublicLine({ url }: { url: string | null }) {
  if (url === null) {
    return (
      <Button kind="quiet" icon={Globe} onPress={() => openSettings('publicUrl')}>
        Get a public URL for providers on the internet
      </Button>
    )
  }
  return (
    <div className="flex w-full items-center gap-2 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
      <Globe size={14} aria-hidden className="shrink-0 text-ink-3" />
      <span className="wire min-w-0 flex-1 truncate text-left">{url}</span>
      <CopyTextButton text={url}>Copy public URL</CopyTextButton>
    </div>
  )
}

/** The first thing anyone sees: where to point a sender, and how. It ends with the first delivery. */
export function FirstRun({ path, endpointId }: { path: string; endpointId: number | null }) {
  const status = useQuery(api.status.get.queryOptions()).data
  const sendTest = useSendTest()
  if (!status) return null
  if (!status.listening) return <NothingListens />
  const captureUrl = status.listening.url.replace(/\/$/, '')
  const url = captureUrl + path
  return (
    <Centred title="Point a webhook sender here" wide>
      <p className="text-ink-2">
        Everything that is posted to this URL, on any path, is recorded as it came and its signature
        judged.
      </p>
      <div className="flex w-full items-center gap-2 rounded-md border border-line-strong bg-surface py-1 pr-1 pl-3">
        <span className="wire min-w-0 flex-1 truncate text-left">{url}</span>
        <CopyTextButton text={url} primary>
          Copy URL
        </CopyTextButton>
      </div>
      <PublicLine url={status.publicAddress && status.publicAddress.url + path} />
      <Sample url={url} />
      <div className="flex gap-2">
        <Button
          icon={SendHorizontal}
          isPending={sendTest.isPending}
          onPress={() => sendTest.mutate({ endpointId })}
        >
          Send a test webhook
        </Button>
        {endpointId === null && (
          <Button kind="quiet" icon={Plus} onPress={() => showDialog({ kind: 'new-endpoint' })}>
            Add endpoint
          </Button>
        )}
      </div>
      {sendTest.error && <p className="text-red">{errorSentence(sendTest.error)}</p>}
      {endpointId === null && (
        <div className="w-full border-t border-line pt-4">
          <ProviderPicker captureUrl={status.publicAddress?.url ?? captureUrl} />
        </div>
      )}
    </Centred>
  )
}
