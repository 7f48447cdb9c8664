import type { CommandId } from './command-list.ts'

/** What a mounted component does for a command. */
export interface Registration {
  run: () => void
  enabled: boolean
}

const registered = new Map<CommandId, Registration[]>()
const listeners = new Set<() => void>()
let version = 0

/** Tells the palette that what can be done has changed. */
export function tellCommands(): void {
  version += 1
  for (const listener of listeners) listener()
}

/** Adds a handler above those that are there; returns how to take it away. */
export function register(id: CommandId, registration: Registration): () => void {
  registered.set(id, [...(registered.get(id) ?? []), registration])
  tellCommands()
  return () => {
    registered.set(
      id,
      (registered.get(id) ?? []).filter((each) => each !== registration),
    )
    tellCommands()
  }
}

/** The handler that answers now: the last mounted of those that are enabled. */
function current(id: CommandId): Registration | undefined {
  const all = registered.get(id) ?? []
  for (let index = all.length - 1; index >= 0; index -= 1) {
    if (all[index]?.enabled) return all[index]
  }
  return undefined
}

export function isAvailable(id: CommandId): boolean {
  return current(id) !== undefined
}

/** Runs a command; `false`: nothing on the screen can do it now. */
export function runCommand(id: CommandId): boolean {
  const registration = current(id)
  registration?.run()
  return registration !== undefined
}

export function onCommandsChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Rises whenever what can be done changes. */
export function commandsVersion(): number {
  return version
}
