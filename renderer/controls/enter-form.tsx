import type { ReactNode } from 'react'

/** Fields whose Enter does what a button elsewhere does. */
export function EnterForm(props: { onEnter: () => void; className?: string; children: ReactNode }) {
  return (
    <form
      noValidate
      className={props.className}
      onSubmit={(event) => {
        event.preventDefault()
        props.onEnter()
      }}
    >
      {props.children}
      {/* Without a submit button, Enter does nothing in a form of several fields. */}
      <button type="submit" hidden tabIndex={-1} />
    </form>
  )
}
