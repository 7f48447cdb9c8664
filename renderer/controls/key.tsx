/** A key of the keyboard. */
export function Key(props: { children: string }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 font-sans text-xs text-ink-2">
      {props.children}
    </kbd>
  )
}
