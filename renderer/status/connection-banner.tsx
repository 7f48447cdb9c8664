import { CircleCheck, LoaderCircle, PlugZap } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { platform } from '#renderer/platform/platform.ts'
import { connection } from '#renderer/app/api.ts'

const RESTARTED_MS = 4_000

/** A slim line while the engine is away, and for a moment when it is back. */
export function ConnectionBanner() {
  const state = useSyncExternalStore(connection.subscribe, connection.state)
  const generation = useSyncExternalStore(connection.subscribe, connection.generation)
  const sentence = useSyncExternalStore(connection.subscribe, connection.sentence)
  const [restarted, setRestarted] = useState(false)
  const known = useRef(generation)
  useEffect(() => {
    const wasConnected = known.current > 0
    if (generation === known.current) return undefined
    known.current = generation
    if (!wasConnected) return undefined
    setRestarted(true)
    const timer = setTimeout(() => setRestarted(false), RESTARTED_MS)
    return () => clearTimeout(timer)
  }, [generation])
  const base = 'flex h-7 shrink-0 items-center justify-center gap-2 border-b text-sm font-medium'
  return (
    <div role="status">
      {state === 'lost' && (
        <p className={`${base} soft-amber border-amber/30 text-amber`}>
          <PlugZap size={13} aria-hidden />
          {sentence ?? 'Connection lost, reconnecting.'}
          {generation > 0 && ' What is on screen may be out of date.'}
        </p>
      )}
      {state === 'connecting' && (
        <p className={`${base} soft-grey border-line text-ink-2`}>
          <LoaderCircle size={13} className="animate-spin" aria-hidden /> Connecting to the engine
        </p>
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
