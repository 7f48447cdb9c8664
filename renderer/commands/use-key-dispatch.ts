import { useEffect } from 'react'
import { isTyping } from '#renderer/app/typing.ts'
import { platform } from '#renderer/platform/platform.ts'
import { commandForKey, type KeyContext } from './dispatch.ts'
import { currentBindings } from './keymap-store.ts'
import { usesKey } from './own-keys.ts'
import { isAvailable, runCommand } from './registry.ts'

function paneOf(target: Element): KeyContext['pane'] {
  if (target === document.body || target === document.documentElement) return 'nowhere'
  if (target.closest('#delivery-grid,[data-pane="list"]')) return 'list'
  return target.closest('[data-pane="detail"]') ? 'delivery' : 'elsewhere'
}

function contextOf(event: KeyboardEvent): KeyContext {
  const target = event.target instanceof Element ? event.target : document.body
  return {
    typing: isTyping(event),
    inDialog: document.querySelector('[role=dialog],[role=alertdialog]') !== null,
    pane: paneOf(target),
    ownKeys: (key) => usesKey(target, key),
  }
}

/** Input methods compose with keys that are not meant for us; 229 is how older ones say so. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229 || event.key === 'Process'
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return
  const context = contextOf(event)
  const options = { isMac: platform.isMac, isAvailable }
  const command = commandForKey(event, context, currentBindings(), options)
  if (command === null) return
  event.preventDefault()
  if (event.repeat && !command.repeats) return
  // Whoever has the focus nowhere and moves in the list means to be in it.
  if (command.place === 'list' && context.pane === 'nowhere') {
    document.getElementById('delivery-grid')?.focus({ preventScroll: true })
  }
  runCommand(command.id)
}

/** The one place that listens to keys for the whole window. */
export function useKeyDispatch(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
