import { Switch } from 'react-aria-components'

/** Something that is on or off, and is so at once. */
export function Toggle(props: {
  label: string
  hideLabel?: boolean
  on: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <Switch
      isSelected={props.on}
      onChange={props.onChange}
      className="group inline-flex w-fit items-center gap-2.5"
      {...(props.hideLabel ? { 'aria-label': props.label } : {})}
    >
      <span className="flex h-4.5 w-8 shrink-0 items-center rounded-full border border-ink-3 bg-sunken p-0.5 group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-focus group-data-[selected]:border-accent group-data-[selected]:bg-accent">
        <span className="size-3 rounded-full bg-ink-3 group-data-[selected]:translate-x-3.5 group-data-[selected]:bg-accent-ink" />
      </span>
      {!props.hideLabel && props.label}
    </Switch>
  )
}
