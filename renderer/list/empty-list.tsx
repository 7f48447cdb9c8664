import { useQuery } from '@tanstack/react-query'
import { Plus, SendHorizontal } from 'lucide-react'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import type { Place } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton, CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { NothingMatches } from '#renderer/filter/nothing-matches.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { useSendTest } from '#renderer/tools/use-send-test.ts'
import { errorSentence } from '#renderer/words/errors.ts'

/** The first thing anyone sees: where to point a sender. */
function FirstRun({ path, endpointId }: { path: string; endpointId: number | null }) {
  const status = useQuery(api.status.get.queryOptions()).data
  const sendTest = useSendTest()
  if (!status) return null
  if (!status.listening) {
    return (
      <Centred title="Nothing listens">
        <p className="text-ink-2">
          The capture port could not be opened. The line above says why; restart Countersign with
          another port.
        </p>
      </Centred>
    )
  }
  const url = `${status.listening.url.replace(/\/$/, '')}${path}`
  const curl = `curl -X POST ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"type":"hello.world"}'`
  return (
    <Centred title="Point a webhook sender here">
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
      <div className="relative w-full">
        <pre className="wire overflow-x-auto rounded-md border border-line bg-sunken p-3 pr-9 text-left text-ink-2">
          {curl}
        </pre>
        <span className="absolute top-1.5 right-1.5">
          <CopyButton text={curl} label="Copy the command" />
        </span>
      </div>
      <div className="flex gap-2">
        <Button
          icon={SendHorizontal}
          isDisabled={sendTest.isPending}
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
    </Centred>
  )
}

function Centred(props: { title: string; children: React.ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto p-8">
      <div className="flex w-full max-w-md flex-col items-start gap-4">
        <h2 className="text-xl font-semibold">{props.title}</h2>
        {props.children}
      </div>
    </div>
  )
}

/** Shown in place of rows: teaches one thing, offers one action. */
export function EmptyList({ view, query }: Pick<Place, 'view' | 'query'>) {
  const endpoints = useEndpoints()
  if (query !== '') return <NothingMatches view={view} query={query} />
  if (view.kind === 'endpoint') {
    const endpoint = endpoints.find(({ id }) => id === view.id)
    const path = endpoint?.path.replace(/\/\*$/, '/anything') ?? '/'
    return <FirstRun path={path} endpointId={view.id} />
  }
  if (view.kind === 'failures') {
    return (
      <Centred title="No failures">
        <p className="text-ink-2">
          Deliveries that a correct receiver would refuse gather here: invalid, stale, unsigned,
          malformed or incomplete.
        </p>
      </Centred>
    )
  }
  if (view.kind === 'duplicates') {
    return (
      <Centred title="No duplicates">
        <p className="text-ink-2">
          A delivery that repeats an earlier one of its endpoint is marked and gathers here.
        </p>
      </Centred>
    )
  }
  if (view.kind === 'catch-all') {
    return (
      <Centred title="Nothing on the catch-all">
        <p className="text-ink-2">Deliveries to paths that no endpoint has come here.</p>
      </Centred>
    )
  }
  return <FirstRun path="/" endpointId={null} />
}
