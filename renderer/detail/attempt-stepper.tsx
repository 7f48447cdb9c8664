import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { DeliveryRow } from '#contract/delivery.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { formatClock, formatDay, formatDuration } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'
import { menuItemClass, menuPopoverClass } from './menu-look.ts'

/** So many attempts are listed around the one that is open. */
const MOST_LISTED = 60

interface Props {
  /** Oldest first, this one among them. */
  attempts: DeliveryRow[]
  currentId: number
  onOpen: (id: number) => void
}

/** Which attempt of its message a delivery is, and the way to the others. */
export function AttemptStepper({ attempts, currentId, onOpen }: Props) {
  const at = attempts.findIndex(({ id }) => id === currentId)
  if (attempts.length < 2 || at < 0) return null
  const [before, after] = [attempts[at - 1], attempts[at + 1]]
  const start = Math.max(0, Math.min(at - MOST_LISTED / 2, attempts.length - MOST_LISTED))
  const listed = attempts.slice(start, start + MOST_LISTED)
  return (
    <span className="-my-1 inline-flex items-center">
      <IconButton
        small
        icon={ChevronLeft}
        label="Previous attempt"
        isDisabled={!before}
        onPress={() => before && onOpen(before.id)}
      />
      <MenuTrigger>
        <Button className="h-6 rounded-md px-1 whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink">
          attempt {at + 1} of {attempts.length}
        </Button>
        <Popover className={menuPopoverClass}>
          <Menu
            aria-label="Attempts of this message"
            className="outline-none"
            onAction={(key) => onOpen(Number(key))}
          >
            {listed.map((row, index) => (
              <AttemptItem
                key={row.id}
                row={row}
                number={start + index + 1}
                previous={attempts[start + index - 1]}
                current={row.id === currentId}
              />
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <IconButton
        small
        icon={ChevronRight}
        label="Next attempt"
        isDisabled={!after}
        onPress={() => after && onOpen(after.id)}
      />
    </span>
  )
}

interface ItemProps {
  row: DeliveryRow
  number: number
  previous: DeliveryRow | undefined
  current: boolean
}

function AttemptItem({ row, number, previous, current }: ItemProps) {
  const look = verdictLooks[row.verdict]
  const gap = previous ? formatDuration(row.receivedAtMs - previous.receivedAtMs) : null
  return (
    <MenuItem
      id={row.id}
      textValue={`${number}, ${look.word}`}
      className={`${menuItemClass} ${current ? 'font-medium' : ''}`}
    >
      <span className="w-6 text-right text-ink-3">{number}</span>
      <span className={`inline-flex w-24 items-center gap-1.5 ${look.text}`}>
        <look.icon size={13} aria-hidden />
        {look.word}
      </span>
      <span className="text-ink-2">
        {formatDay(row.receivedAtMs)} {formatClock(row.receivedAtMs)}
      </span>
      <span className="ml-auto pl-3 text-ink-3">
        {current ? 'open' : gap === null ? '' : `${gap} later`}
      </span>
    </MenuItem>
  )
}
