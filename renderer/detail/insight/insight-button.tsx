import { Info } from 'lucide-react'
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import { visibleStart } from '#renderer/words/visible-text.ts'
import type { Insight } from './insight.ts'
import { InsightTable } from './insight-table.tsx'

interface Props {
  insights: Insight[]
  /** The header it belongs to, for its name. */
  name: string
  open: boolean
  onOpen: (open: boolean) => void
}

/** Tells on hover and focus what a value says; a press, also a tap, keeps it under the value. */
export function InsightButton({ insights, name, open, onOpen }: Props) {
  return (
    <TooltipTrigger delay={250} closeDelay={0} isDisabled={open}>
      <Button
        aria-label={`What ${visibleStart(name, 80)} says`}
        aria-expanded={open}
        onPress={() => onOpen(!open)}
        className={`-my-0.5 ml-1 inline-flex size-5.5 items-center justify-center rounded-sm align-middle hover:bg-hover hover:text-ink ${open ? 'text-accent' : 'text-ink-3'}`}
      >
        <Info size={13} aria-hidden />
      </Button>
      <Tooltip
        offset={6}
        placement="bottom"
        className="appear float-shadow max-h-96 max-w-[min(34rem,90vw)] overflow-hidden rounded-md border border-line bg-raised px-3 py-2 text-ink"
      >
        <InsightTable insights={insights} />
      </Tooltip>
    </TooltipTrigger>
  )
}
