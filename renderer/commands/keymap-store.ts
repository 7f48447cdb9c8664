import { useSyncExternalStore } from 'react'
import type { Keymap } from '#contract/settings.ts'
import { platform } from '#renderer/platform/platform.ts'
import { commands, type CommandId } from './command-list.ts'
import { bindingsOf, keysOf, type Bindings } from './keymap.ts'
import { keyText } from './keys.ts'

let own: Keymap = {}
let bindings: Bindings = bindingsOf(own, platform.isMac)
const listeners = new Set<() => void>()

/** Takes the person's own keys, as they stand in the keymap file. */
export function takeKeymap(keymap: Keymap): void {
  own = keymap
  bindings = bindingsOf(own, platform.isMac)
  for (const listener of listeners) listener()
}

export function currentBindings(): Bindings {
  return bindings
}

function ownKeys(): Keymap {
  return own
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The person's own keys; only what differs from the defaults. */
export function useOwnKeys(): Keymap {
  return useSyncExternalStore(subscribe, ownKeys)
}

/** The first key of a command as it is written on this system, for tips; `undefined`: it has none. */
export function useHotkey(id: CommandId): string | undefined {
  const keymap = useOwnKeys()
  const command = commands.find((each) => each.id === id)
  const key = command ? keysOf(command, keymap, platform.isMac)[0] : undefined
  return key === undefined ? undefined : keyText(key, platform.isMac)
}
