import {
  CircleCheck,
  CircleX,
  LoaderCircle,
  PlugZap,
  RotateCw,
  Unlink,
  type LucideIcon,
} from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { connection } from '#renderer/app/api.ts'
import type { ConnectionState } from '#renderer/platform/connection.ts'
import { platform } from '#renderer/platform/platform.ts'

const RESTARTED_MS = 4_000
/** An engine that is there at once is not worth a line that flashes. */
const STARTING_MS = 400
const OUT_OF_DATE = 'What is on screen may be out of date.'

interface Look {
  icon: LucideIcon
  look: string
  turns?: true
  /** Where the host says nothing. */
  words: string
  /** Old rows are still on the screen. */
  outOfDate?: true
}

const looks: Readonly<Record<Exclude<ConnectionState, 'open'>, Look>> = {
  connecting: {
    icon: LoaderCircle,
    turns: true,
    look: 'soft-grey border-line text-ink-2',
    words: platform.ownsEngine ? 'Starting the engine.' : 'Connecting to the engine.',
  },
  restarting: {
    icon: RotateCw,
    turns: true,
    look: 'soft-amber border-amber/30 text-amber',
    words: 'The engine is being started again.',
    outOfDate: true,
  },
  lost: {
    icon: PlugZap,
    look: 'soft-amber border-amber/30 text-amber',
    words: 'Connection lost, reconnecting.',
    outOfDate: true,
  },
  failed: {
    icon: CircleX,
    look: 'soft-red border-red/30 text-red',
    words: 'The engine does not run. Nothing is recorded.',
    outOfDate: true,
  },
  ended: {
    icon: Unlink,
    look: 'soft-red border-red/30 text-red',
    words: 'The Countersign that this page belongs to has ended.',
    outOfDate: true,
  },
}

const base =
  'flex min-h-7 shrink-0 items-center justify-center gap-2 border-b px-4 py-1 text-sm font-medium'

/** Whether the engine came back a moment ago. */
function useRestarted(state: ConnectionState, generation: number): boolean {
  const [restarted, setRestarted] = useState(false)
  const known = useRef(0)
  useEffect(() => {
    if (state !== 'open' || generation === known.current) return undefined
    const isFirst = known.current === 0
    known.current = generation
    if (isFirst) return undefined
    setRestarted(true)
    const timer = setTimeout(() => setRestarted(false), RESTARTED_MS)
    return () => clearTimeout(timer)
  }, [state, generation])
  return restarted
}

/** Whether a state has lasted for so long. */
function useLasts(active: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!active) return undefined
    const timer = setTimeout(() => setLasts(true), ms)
    return () => {
      clearTimeout(timer)
      setLasts(false)
    }
  }, [active, ms])
  return lasts
}

function Line({ state, seen }: { state: Exclude<ConnectionState, 'open'>; seen: boolean }) {
  const sentence = useSyncExternalStore(connection.subscribe, connection.sentence)
  const { icon: Icon, look, turns, words, outOfDate } = looks[state]
  return (
    <p className={`${base} ${look}`} data-connection={state}>
      <Icon size={13} aria-hidden className={`shrink-0 ${turns ? 'animate-spin' : ''}`} />
      <span>
        {state === 'lost' ? words : (sentence ?? words)}
        {outOfDate && seen ? ` ${OUT_OF_DATE}` : ''}
      </span>
    </p>
  )
}

/** A slim line while the engine is away, and for a moment when it is back. */
export function ConnectionBanner() {
  const state = useSyncExternalStore(connection.subscribe, connection.state)
  const generation = useSyncExternalStore(connection.subscribe, connection.generation)
  const restarted = useRestarted(state, generation)
  const starting = useLasts(state === 'connecting', STARTING_MS)
  return (
    <div role="status">
      {state !== 'open' && (state !== 'connecting' || starting) && (
        <Line state={state} seen={generation > 0} />
      )}
      {state === 'open' && restarted && (
        <p className={`${base} soft-green border-green/30 text-green`}>
          <CircleCheck size={13} aria-hidden />{' '}
          {platform.ownsEngine ? 'Engine restarted' : 'Connected again'}; everything is read anew.
        </p>
      )}
    </div>
  )
}
