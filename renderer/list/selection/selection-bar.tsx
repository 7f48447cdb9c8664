import {
  ArrowLeftRight,
  Download,
  Pin,
  PinOff,
  Send,
  Tag,
  Trash2,
  X,
  type LucideIcon,
} from 'lucide-react'
import { go } from '#renderer/app/location.ts'
import { Button as AriaButton } from 'react-aria-components'
import { IconButton } from '#renderer/controls/button.tsx'
import { Tip } from '#renderer/controls/tip.tsx'
import type { Picked } from './picked.ts'
import type { ListActions } from './use-list-actions.ts'

interface Props {
  picked: Picked
  /** Such as “1,204 selected”. */
  sentence: string
  actions: ListActions
  onReplay: () => void
  onDelete: () => void
  onTag: () => void
  onExport: () => void
  onClear: () => void
}

interface ActionProps {
  icon: LucideIcon
  label: string
  danger?: boolean
  onPress: () => void
}

/** Its word gives way where the list is narrow. */
function Action({ icon: Icon, label, danger, onPress }: ActionProps) {
  return (
    <Tip text={label}>
      <AriaButton
        aria-label={label}
        onPress={onPress}
        className={`flex h-6 items-center gap-1.5 rounded-md px-1.5 text-sm hover:bg-hover @xl:px-2 ${danger ? 'text-red' : 'text-ink-2 hover:text-ink'}`}
      >
        <Icon size={13} aria-hidden />
        <span className="hidden @xl:inline">{label}</span>
      </AriaButton>
    </Tip>
  )
}

/** Compares two deliveries, older first. */
export function compare(ids: readonly number[]): void {
  const [a, b] = [...ids].sort((one, other) => one - other)
  if (a === undefined || b === undefined) return
  go({ view: { kind: 'compare', a: String(a), b: String(b) } })
}

/** What can be done with the rows that are selected; stands where the head of the list is. */
export function SelectionBar(props: Props) {
  const { picked, sentence, actions, onReplay, onDelete, onTag, onExport, onClear } = props
  const ids = picked.kind === 'some' ? [...picked.ids] : []
  return (
    <div
      role="toolbar"
      aria-label="Selected deliveries"
      className="flex min-w-0 flex-1 items-center gap-1"
    >
      <span role="status" className="mr-2 truncate text-sm font-medium">
        {sentence}
      </span>
      <span className="flex-1" />
      <Action icon={Send} label="Replay" onPress={onReplay} />
      {ids.length === 2 && (
        <Action icon={ArrowLeftRight} label="Compare" onPress={() => compare(ids)} />
      )}
      <Action
        icon={actions.pinned ? PinOff : Pin}
        label={actions.pinned ? 'Unpin' : 'Pin'}
        onPress={actions.togglePin}
      />
      <Action icon={Tag} label="Tag" onPress={onTag} />
      <Action icon={Download} label="Export" onPress={onExport} />
      <Action icon={Trash2} label="Delete" danger onPress={onDelete} />
      <IconButton small icon={X} label="Select nothing" hotkey="Esc" onPress={onClear} />
    </div>
  )
}
