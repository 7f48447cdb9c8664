import type { ReactNode } from 'react'
import type { Verdict } from '#contract/verdict.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'

/** Icon and word of a verdict in its colour. */
export function VerdictMark(props: { verdict: Verdict; soft?: boolean }) {
  const { icon: Icon, word, text, soft } = verdictLooks[props.verdict]
  const shape = props.soft ? `${soft} rounded-sm px-1.5 py-px` : ''
  return (
    <span
      className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${text} ${shape}`}
    >
      <Icon size={13} strokeWidth={2.25} aria-hidden />
      {word}
    </span>
  )
}

/** The colour of an endpoint; `null` is the catch-all, a ring without a fill. */
export function EndpointDot(props: { colour: number | null }) {
  if (props.colour === null) {
    return <span aria-hidden className="size-2 shrink-0 rounded-full border-[1.5px] border-ink-3" />
  }
  return (
    <span
      aria-hidden
      className="size-2 shrink-0 rounded-full"
      style={{ background: `var(--endpoint-${props.colour % 8})` }}
    />
  )
}

/** A small grey label. */
export function Chip(props: { children: ReactNode; title?: string }) {
  return (
    <span
      title={props.title}
      className="inline-flex items-center gap-1 rounded-sm border border-line bg-sunken px-1.5 text-xs font-medium whitespace-nowrap text-ink-2"
    >
      {props.children}
    </span>
  )
}

/** A remark on a tinted ground: what happened, and what to do. */
export function Callout(props: {
  tone: 'blue' | 'amber' | 'red' | 'grey' | 'green' | 'violet'
  icon?: ReactNode
  children: ReactNode
  action?: ReactNode
}) {
  const tones = {
    blue: 'soft-blue border-blue/25 [&>svg]:text-blue',
    amber: 'soft-amber border-amber/25 [&>svg]:text-amber',
    red: 'soft-red border-red/25 [&>svg]:text-red',
    grey: 'soft-grey border-line [&>svg]:text-grey',
    green: 'soft-green border-green/25 [&>svg]:text-green',
    violet: 'soft-violet border-violet/25 [&>svg]:text-violet',
  }
  return (
    <div
      className={`flex items-start gap-2.5 rounded-md border px-3 py-2 [&>svg]:mt-0.5 [&>svg]:shrink-0 ${tones[props.tone]}`}
    >
      {props.icon}
      <div className="selectable min-w-0 flex-1">{props.children}</div>
      {props.action}
    </div>
  )
}
