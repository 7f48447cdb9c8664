import type { Keymap } from '#contract/settings.ts'
import { commands, type Command, type CommandId, type CommandPlace } from './command-list.ts'
import { isPlainCharacter, normaliseKey } from './keys.ts'

/** Which commands a key stands for, the one with the narrowest place first. */
export type Bindings = ReadonlyMap<string, readonly Command[]>

/** The default keys of a command on this system, normalised. */
export function defaultKeys(command: Command, isMac: boolean): string[] {
  const keys = (isMac ? command.macKeys : undefined) ?? command.keys
  return keys.flatMap((key) => normaliseKey(key, isMac) ?? [])
}

/** The keys of a command: the person's own where there are any (or none, on purpose). */
export function keysOf(command: Command, own: Keymap, isMac: boolean): string[] {
  const chosen = own[command.id]
  if (chosen === undefined) return defaultKeys(command, isMac)
  return [...new Set(chosen.flatMap((key) => normaliseKey(key, isMac) ?? []))]
}

/** Where a key of a command works: one character works anywhere. */
export function placeOf(command: Command, key: string): CommandPlace {
  return isPlainCharacter(key) ? 'anywhere' : (command.place ?? 'anywhere')
}

/** All keys with what they do. */
export function bindingsOf(own: Keymap, isMac: boolean): Bindings {
  const bindings = new Map<string, Command[]>()
  for (const command of commands) {
    for (const key of keysOf(command, own, isMac)) {
      const bound = bindings.get(key) ?? []
      bindings.set(key, bound)
      if (placeOf(command, key) === 'anywhere') bound.push(command)
      else bound.unshift(command)
    }
  }
  return bindings
}

export interface KeyConflict {
  key: string
  ids: CommandId[]
}

/** Keys that stand for several commands in one place; only the first of them is heard. */
export function conflictsOf(own: Keymap, isMac: boolean): KeyConflict[] {
  const conflicts: KeyConflict[] = []
  for (const [key, bound] of bindingsOf(own, isMac)) {
    for (const place of ['anywhere', 'list', 'delivery'] as const) {
      const ids = bound.filter((each) => placeOf(each, key) === place).map(({ id }) => id)
      if (ids.length > 1) conflicts.push({ key, ids })
    }
  }
  return conflicts
}

/** What of a keymap is not used, in sentences: unknown actions, and keys that cannot be read. */
export function keymapProblems(own: Keymap, isMac: boolean): string[] {
  const known = new Set<string>(commands.map(({ id }) => id))
  return Object.entries(own).flatMap(([id, keys]) => {
    if (!known.has(id)) return [`There is no action “${id}”.`]
    return keys
      .filter((key) => normaliseKey(key, isMac) === null)
      .map((key) => `“${key}” for “${id}” is not a key.`)
  })
}

/**
 * The keymap with other keys for one action; `null` gives it its defaults back.
 */
export function withKeys(own: Keymap, id: CommandId, keys: readonly string[] | null): Keymap {
  return keys === null ? without(own, id) : { ...own, [id]: [...keys] }
}

function without(own: Keymap, id: CommandId): Keymap {
  return Object.fromEntries(Object.entries(own).filter(([each]) => each !== id))
}
