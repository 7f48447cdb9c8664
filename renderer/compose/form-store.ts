import { useSyncExternalStore } from 'react'
import { blankForm, type ComposeForm } from './compose-form.ts'

/** The webhook that is being written; it ends with the window. */
let current: ComposeForm | null = null
const listeners = new Set<() => void>()

export function setForm(next: ComposeForm | null): void {
  current = next
  for (const listener of listeners) listener()
}

export function changeForm(change: Partial<ComposeForm>): void {
  setForm({ ...(current ?? blankForm), ...change })
}

let toSend = false

/** The form that is set is to be sent as it is, once it is there. */
export function sendForm(form: ComposeForm): void {
  toSend = true
  setForm(form)
}

/** Whether the form that is there is still to be sent. */
export function isToSend(): boolean {
  return toSend
}

/** The same, and from now on it is not any more. */
export function takeSending(): boolean {
  const taken = toSend
  toSend = false
  return taken
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** `null`: nothing was begun yet. */
export function useForm(): ComposeForm | null {
  return useSyncExternalStore(subscribe, () => current)
}
