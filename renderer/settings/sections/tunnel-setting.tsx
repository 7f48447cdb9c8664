import { useMutation, useQuery } from '@tanstack/react-query'
import { Globe, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { Status } from '#contract/status.ts'
import type { PublicAddress, TunnelProgram, TunnelState } from '#contract/tunnel.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { CallFailure } from '#renderer/settings/call-failure.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave } from '#renderer/settings/use-settings.ts'
import { formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { TunnelPrograms } from './tunnel-programs.tsx'

interface Props {
  status: Status
  tokenRequired: boolean
}

/** Programs that lead senders from the internet here; each starts and stops at a word. */
export function TunnelSetting({ status, tokenRequired }: Props) {
  const known = useQuery(api.tunnels.list.queryOptions())
  const start = useMutation(api.tunnels.start.mutationOptions())
  const stop = useMutation(api.tunnels.stop.mutationOptions())
  const { tunnel, publicAddress } = status
  const programs = known.data?.programs ?? []
  const begin = (program: TunnelProgram['id']) => {
    stop.reset()
    start.mutate({ program })
  }
  return (
    <Setting
      id="tunnel"
      hint="Providers on the internet reach this computer through a tunnel. Countersign starts a program that is installed here and ends it with itself; it is never started again by itself. What the tunnel’s service sees of the deliveries is between you and it."
    >
      <Now
        tunnel={tunnel}
        address={publicAddress}
        nameOf={(id) => programs.find((each) => each.id === id)?.name ?? id}
        onStop={() => stop.mutate({})}
        onAgain={begin}
        busy={stop.isPending || start.isPending}
      />
      {tunnel.state === 'open' && !tokenRequired && <Reachable />}
      <CallFailure error={start.error ?? stop.error ?? known.error} />
      <TunnelPrograms
        programs={programs}
        busy={start.isPending || tunnel.state === 'open' || tunnel.state === 'starting'}
        onStart={begin}
      />
    </Setting>
  )
}

interface NowProps {
  tunnel: TunnelState
  address: PublicAddress | null
  nameOf: (id: TunnelProgram['id']) => string
  onStop: () => void
  onAgain: (id: TunnelProgram['id']) => void
  busy: boolean
}

function Now(props: NowProps) {
  const { tunnel, nameOf, onStop, busy } = props
  switch (tunnel.state) {
    case 'off':
      return null
    case 'starting':
      return (
        <Callout
          tone="blue"
          icon={<LoaderCircle size={15} className="motion-safe:animate-spin" aria-hidden />}
          action={
            <Button small isDisabled={busy} onPress={onStop}>
              Stop
            </Button>
          }
        >
          <p role="status">{`${nameOf(tunnel.program)} is opening a tunnel.`}</p>
        </Callout>
      )
    case 'open':
      return <Open {...props} tunnel={tunnel} />
    case 'failed':
      return <Failed {...props} tunnel={tunnel} />
  }
  return null
}

function Open(props: NowProps & { tunnel: Extract<TunnelState, { state: 'open' }> }) {
  const { tunnel, address, nameOf, onStop, busy } = props
  const url = address?.url ?? tunnel.url
  return (
    <Callout tone="green" icon={<Globe size={15} aria-hidden />}>
      <p role="status" className="flex flex-col gap-0.5">
        <span className="wire break-all">{url}</span>
        <span className="text-sm text-ink-2">
          {`By ${nameOf(tunnel.program)} (pid ${tunnel.pid}), since ${formatLocal(tunnel.sinceMs)}.`}
        </span>
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <CopyTextButton text={url} primary>
          Copy the public URL
        </CopyTextButton>
        <Button isDisabled={busy} onPress={onStop}>
          Stop the tunnel
        </Button>
      </div>
    </Callout>
  )
}

function Failed(props: NowProps & { tunnel: Extract<TunnelState, { state: 'failed' }> }) {
  const { tunnel, onStop, onAgain, busy } = props
  const { sentence, remedy, lastWords, program } = tunnel
  return (
    <Callout tone="red" icon={<TriangleAlert size={15} aria-hidden />}>
      <div role="alert" className="flex flex-col gap-1">
        <p>{visibleStart(sentence, 500)}</p>
        {remedy !== null && <p>{remedy}</p>}
      </div>
      {lastWords.length > 0 && (
        <pre
          tabIndex={0}
          aria-label="Its last words"
          className="wire mt-2 max-h-40 overflow-y-auto rounded-md border border-line bg-sunken px-2.5 py-1.5 break-all whitespace-pre-wrap text-ink-2"
        >
          {lastWords.map((line) => visibleStart(line, 400)).join('\n')}
        </pre>
      )}
      <div className="mt-2 flex gap-2">
        <Button isDisabled={busy} onPress={() => onAgain(program)}>
          Start it again
        </Button>
        <Button kind="quiet" isDisabled={busy} onPress={onStop}>
          Leave it
        </Button>
      </div>
    </Callout>
  )
}

/** Said as long as it is so, with the way out. */
function Reachable() {
  const { save, outcome } = useSave()
  return (
    <Callout
      tone="amber"
      icon={<TriangleAlert size={15} aria-hidden />}
      action={
        <Button
          small
          isDisabled={outcome.state === 'saving'}
          onPress={() => save({ listener: { pathToken: true } })}
        >
          Require a path token
        </Button>
      }
    >
      Whoever knows this URL can post from anywhere, and what they post is stored. A path token
      makes it a URL that nobody guesses.
    </Callout>
  )
}
