import type { Command, CommandId } from './command-list.ts'
import { placeOf, type Bindings } from './keymap.ts'
import { isChord, keyOfEvent, type PressedKey } from './keys.ts'

/** Where a key was pressed. */
export interface KeyContext {
  /** What has the focus takes characters. */
  readonly typing: boolean
  /** A dialog is open. */
  readonly inDialog: boolean
  /** The pane that has the focus; `nowhere`: nothing has it. */
  readonly pane: 'list' | 'delivery' | 'nowhere' | 'elsewhere'
  /** Keys that what has the focus uses by itself. */
  readonly ownKeys: (key: string) => boolean
}

function holds(command: Command, key: string, context: KeyContext): boolean {
  if (context.inDialog && !command.inDialogs) return false
  if (context.typing && !(command.whileTyping && isChord(key))) return false
  const place = placeOf(command, key)
  if (place === 'list') return context.pane === 'list' || context.pane === 'nowhere'
  return place === 'anywhere' || context.pane === 'delivery'
}

/** Which command a pressed key stands for where it was pressed; `null`: it is not one of ours. */
export function commandForKey(
  event: PressedKey & { readonly repeat: boolean },
  context: KeyContext,
  bindings: Bindings,
  options: { isMac: boolean; isAvailable: (id: CommandId) => boolean },
): Command | null {
  const key = keyOfEvent(event, options.isMac)
  if (key === null || context.ownKeys(key)) return null
  const bound = bindings.get(key) ?? []
  return bound.find((each) => holds(each, key, context) && options.isAvailable(each.id)) ?? null
}
