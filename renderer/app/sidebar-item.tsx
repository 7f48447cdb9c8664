import type { ReactNode } from 'react'
import type { CappedCount } from '#contract/delivery.ts'
import { formatCappedCount } from '#renderer/words/format.ts'

interface ItemProps {
  mark: ReactNode
  name: string
  chosen: boolean
  onChoose: () => void
  /** How many deliveries it holds; `undefined`: not known, or not said. */
  count?: CappedCount | undefined
  /** Beside it, such as a button that edits it. */
  action?: ReactNode
}

/** A line of the sidebar without its list item: what it is, and how many. */
export function SidebarLine({ mark, name, chosen, onChoose, count, action }: ItemProps) {
  const said = count ? formatCappedCount(count) : ''
  return (
    <div
      className={`group flex h-7 items-center rounded-md pr-1 ${chosen ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <button
        type="button"
        aria-current={chosen ? 'page' : undefined}
        onClick={onChoose}
        className={`flex h-full min-w-0 flex-1 items-center gap-2.5 rounded-md px-2 text-left ${chosen ? 'font-medium text-ink' : 'text-ink-2'}`}
      >
        <span className="flex size-4 shrink-0 items-center justify-center">{mark}</span>
        <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
        {/* Another number is another element: a digit more is no shift of the layout. */}
        <span key={said} className="text-sm text-ink-3">
          {said}
        </span>
      </button>
      {action}
    </div>
  )
}

/** Shown while the pointer or the focus is on the line. */
export function LineAction({ children }: { children: ReactNode }) {
  return (
    <span className="w-0 overflow-hidden opacity-0 group-focus-within:w-6 group-focus-within:opacity-100 group-hover:w-6 group-hover:opacity-100 has-[[aria-expanded=true]]:w-6 has-[[aria-expanded=true]]:opacity-100">
      {children}
    </span>
  )
}

/** Lines under a heading. */
export function SidebarGroup(props: { title?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="px-2 pt-3">
      {props.title && (
        <div className="flex h-6 items-center pr-1 pl-2">
          <h2 className="flex-1 text-xs font-medium text-ink-3">{props.title}</h2>
          {props.action}
        </div>
      )}
      <ul className="flex flex-col gap-px">{props.children}</ul>
    </section>
  )
}
