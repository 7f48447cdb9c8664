import type { ReactElement } from 'react'
import { Tooltip, TooltipTrigger } from 'react-aria-components'
import { Key } from './key.tsx'

/** A short text beside what the pointer or the focus is on. The child must be focusable. */
export function Tip(props: { text: string; hotkey?: string; children: ReactElement }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {props.children}
      <Tooltip
        offset={6}
        className="appear float-shadow flex max-w-80 items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-sm text-ink"
      >
        {props.text}
        {props.hotkey && <Key>{props.hotkey}</Key>}
      </Tooltip>
    </TooltipTrigger>
  )
}
