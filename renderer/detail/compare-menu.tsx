import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { Delivery, DeliveryRow } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { useHotkey } from '#renderer/commands/keymap-store.ts'
import { Tip } from '#renderer/controls/tip.tsx'
import { formatClock } from '#renderer/words/format.ts'
import { menuItemClass, menuPopoverClass } from './menu-look.ts'
import { otherOpened } from './opened-before.ts'

/** Something that a delivery can be laid beside. */
interface Other {
  /** As the page of differences names it: a delivery's id, or `r` and a replay's. */
  name: string
  words: string
}

const MOST_OFFERED = 8

/** What the delivery can be compared with: other attempts, its replays, what was open before it. */
function useOthers(delivery: Delivery, attempts: readonly DeliveryRow[]): Other[] {
  const replays =
    useQuery(api.replays.list.queryOptions({ input: { deliveryId: delivery.id } })).data ?? []
  const others: Other[] = []
  const before = otherOpened(delivery.id)
  if (before !== null)
    others.push({ name: String(before), words: `Delivery ${before}, open before` })
  const numbered = attempts.map((row, index) => ({ row, number: index + 1 }))
  for (const { row, number } of numbered
    .filter(({ row: { id } }) => id !== delivery.id)
    .slice(-MOST_OFFERED)) {
    others.push({
      name: String(row.id),
      words: `Attempt ${number}, ${formatClock(row.receivedAtMs)}`,
    })
  }
  for (const { id, startedAtMs } of replays.slice(0, MOST_OFFERED)) {
    others.push({ name: `r${id}`, words: `Its replay at ${formatClock(startedAtMs)}` })
  }
  const original = delivery.duplicate?.originalId
  if (original !== undefined && !others.some(({ name }) => name === String(original))) {
    others.push({ name: String(original), words: 'The original' })
  }
  return others
}

/** Deliveries stand with the older one first, a replay behind what it repeats. */
function compare(deliveryId: number, other: string): void {
  const older = /^\d+$/.test(other) && Number(other) < deliveryId
  const [a, b] = older ? [other, String(deliveryId)] : [String(deliveryId), other]
  go({ view: { kind: 'compare', a, b } })
}

/** Lays the delivery beside another. */
export function CompareMenu(props: { delivery: Delivery; attempts: readonly DeliveryRow[] }) {
  const { delivery, attempts } = props
  const others = useOthers(delivery, attempts)
  const hotkey = useHotkey('delivery.compare')
  return (
    <MenuTrigger>
      <Tip text="Compare with another" {...(hotkey === undefined ? {} : { hotkey })}>
        <Button
          aria-label="Compare"
          className="inline-flex size-7 shrink-0 items-center justify-center gap-1.5 rounded-md text-ink-3 hover:bg-hover hover:text-ink @lg:w-auto @lg:border @lg:border-line-strong @lg:bg-raised @lg:px-2.5 @lg:text-ink"
        >
          <ArrowLeftRight size={14} aria-hidden />
          <span className="hidden @lg:inline">Compare</span>
        </Button>
      </Tip>
      <Popover className={menuPopoverClass} placement="bottom end">
        <Menu
          aria-label="Compare with"
          className="outline-none"
          onAction={(key) => compare(delivery.id, String(key))}
          renderEmptyState={() => (
            <p className="max-w-56 px-2 py-1 text-sm text-ink-3">
              Open another delivery first, or select two in the list.
            </p>
          )}
        >
          {others.map(({ name, words }) => (
            <MenuItem key={name} id={name} className={menuItemClass}>
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
