import type { Replay } from '#contract/replay.ts'
import { formatDuration } from '#renderer/words/format.ts'

type Timings = NonNullable<Replay['timings']>

interface Part {
  name: string
  ms: number
  look: string
}

const looks = {
  DNS: 'bg-violet',
  Connect: 'bg-blue',
  TLS: 'bg-orange',
  'First byte': 'bg-green',
  Rest: 'bg-grey',
} as const

/** How long each part took: the moments count from the start, those that were not reached do not. */
export function timingParts(timings: Timings): Part[] {
  const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = timings
  const moments = [
    ['DNS', dnsMs],
    ['Connect', connectMs],
    ['TLS', tlsMs],
    ['First byte', firstByteMs],
    ['Rest', totalMs],
  ] as const
  let before = 0
  return moments.flatMap(([name, moment]) => {
    if (moment === null) return []
    const ms = Math.max(0, moment - before)
    before = Math.max(before, moment)
    return [{ name, ms, look: looks[name] }]
  })
}

/** The parts of a request's time, as a bar and in words. */
export function TimingsBar({ timings }: { timings: Timings }) {
  const parts = timingParts(timings)
  const total = Math.max(timings.totalMs, 0.001)
  return (
    <div className="flex flex-col gap-1.5">
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-line">
        {parts.map(({ name, ms, look }) => (
          <span key={name} className={look} style={{ width: `${(ms / total) * 100}%` }} />
        ))}
      </div>
      <dl aria-label="Timings" className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
        {parts.map(({ name, ms, look }) => (
          <div key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-xs ${look}`} />
            <dt className="text-ink-3">{name}</dt>
            <dd>{formatDuration(ms)}</dd>
          </div>
        ))}
        <div className="flex items-center gap-1.5">
          <dt className="text-ink-3">Total</dt>
          <dd className="font-medium">{formatDuration(timings.totalMs)}</dd>
        </div>
      </dl>
    </div>
  )
}
