import type { Tolerance } from '#contract/verification.ts'
import { formatDuration, formatSkew } from '#renderer/words/format.ts'
import { layGauge } from './gauge.ts'

const percent = (part: number) => `${(part * 100).toFixed(2)}%`

function sentence(skewSeconds: number, tolerance: Tolerance | null): string {
  const apart = formatDuration(skewSeconds * 1000)
  const side = skewSeconds <= 0 ? `${apart} before it arrived` : `${apart} after it arrived`
  const past = tolerance?.pastSeconds
  const future = tolerance?.futureSeconds
  const limits = [
    past === null || past === undefined ? 'any age' : `${formatDuration(past * 1000)} back`,
    future === null || future === undefined
      ? 'any future'
      : `${formatDuration(future * 1000)} ahead`,
  ]
  return `Signed ${side}. Allowed: ${limits.join(', ')}.`
}

/** Skew on a gauge whose marked stretch is the tolerance; the tick is the moment of receipt. */
export function SkewGauge(props: { skewSeconds: number; tolerance: Tolerance | null }) {
  const { skewSeconds, tolerance } = props
  const gauge = layGauge(skewSeconds, tolerance)
  const inside = gauge.dot >= gauge.from && gauge.dot <= gauge.to
  const tone = inside ? 'text-green' : 'text-amber'
  return (
    <div className="flex items-center gap-4">
      <div role="img" aria-label={sentence(skewSeconds, tolerance)} className="min-w-0 flex-1">
        <div className="relative h-5">
          <div className="absolute inset-x-0 top-2 h-1 rounded-full bg-line" />
          <div
            className={`absolute top-2 h-1 rounded-full ${inside ? 'bg-green/40' : 'bg-amber/40'}`}
            style={{ left: percent(gauge.from), right: percent(1 - gauge.to) }}
          />
          {tolerance?.pastSeconds !== null && tolerance !== null && <End at={gauge.from} />}
          {tolerance?.futureSeconds !== null && tolerance !== null && <End at={gauge.to} />}
          <div
            className="absolute top-0.5 h-4 w-px bg-ink-3"
            style={{ left: percent(gauge.zero) }}
          />
          <div
            className={`absolute top-1 size-3 -translate-x-1/2 rounded-full border-2 border-surface bg-current ${tone}`}
            style={{ left: percent(gauge.dot) }}
          />
        </div>
        <div className="relative h-4 text-xs text-ink-3">
          {tolerance !== null && tolerance.pastSeconds !== null && (
            <Mark at={gauge.from}>{`−${formatDuration(tolerance.pastSeconds * 1000)}`}</Mark>
          )}
          <Mark at={gauge.zero}>received</Mark>
          {tolerance !== null && tolerance.futureSeconds !== null && (
            <Mark at={gauge.to}>{`+${formatDuration(tolerance.futureSeconds * 1000)}`}</Mark>
          )}
        </div>
      </div>
      <div className={`w-24 shrink-0 text-right font-medium ${tone}`}>
        {formatSkew(skewSeconds)}
        {gauge.beyond && <span className="block text-xs font-normal">off the gauge</span>}
      </div>
    </div>
  )
}

function End({ at }: { at: number }) {
  return (
    <div
      className="absolute top-1 h-3 w-0.5 -translate-x-1/2 rounded-full bg-line-strong"
      style={{ left: percent(at) }}
    />
  )
}

function Mark({ at, children }: { at: number; children: string }) {
  return (
    <span className="absolute -translate-x-1/2 whitespace-nowrap" style={{ left: percent(at) }}>
      {children}
    </span>
  )
}
