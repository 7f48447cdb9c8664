import { useEffect } from 'react'

const nowhere = () => document.activeElement === null || document.activeElement === document.body
const focus = (target: HTMLElement | null) => target?.focus({ preventScroll: true })
const list = () => document.getElementById('delivery-grid')

/**
 * What has the focus may go away: a dialog that a key opened, the last row, a whole view. Then the
 * focus goes to what is there instead of nowhere, so that Tab goes on from where the person is.
 */
function keepFocus(): () => void {
  let last: EventTarget | null = null
  let frame: number | null = null
  /** What holds the focus until the list is there. */
  let standIn: HTMLElement | null = null
  const look = () => {
    frame = null
    const isGone = last instanceof Element && !last.isConnected
    if (!nowhere() || !isGone) return
    if (document.querySelector('[role=dialog],[role=alertdialog]') !== null) return
    standIn = list() === null ? document.querySelector('main') : null
    focus(list() ?? standIn)
  }
  const onFocus = ({ target }: FocusEvent) => {
    last = target
  }
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    // A click beside everything takes the focus away on purpose: what lost it is still there then.
    if (relatedTarget !== null) return
    queueMicrotask(() => {
      const stays = target instanceof Element && target.isConnected
      // A button that is switched off loses it too, and may go away next.
      if (last === target && stays && !target.matches(':disabled')) last = null
    })
  }
  const changes = new MutationObserver(() => {
    if (standIn !== null && document.activeElement === standIn && list() !== null) focus(list())
    // A frame later: a dialog that closes gives the focus back by itself.
    if (nowhere() && last instanceof Element && !last.isConnected) {
      frame ??= requestAnimationFrame(look)
    }
  })
  document.addEventListener('focusin', onFocus)
  document.addEventListener('focusout', onBlur)
  changes.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('focusout', onBlur)
    changes.disconnect()
    if (frame !== null) cancelAnimationFrame(frame)
  }
}

/** Never leaves the focus on nothing when what had it is taken away. */
export function useKeptFocus(): void {
  useEffect(keepFocus, [])
}
