import { useCommand } from '#renderer/commands/use-command.ts'
import { moveByKey } from './move-by-key.ts'

export interface ListKeys {
  /** The line that the keyboard is at; −1: nowhere. */
  line: number
  count: number
  /** Lines on the screen. */
  page: number
  readonly goTo: (line: number) => void
  readonly extendTo: (line: number) => void
  readonly open: () => void
  readonly toggleRow: () => void
  readonly selectAll: () => void
  readonly showNewest: () => void
}

/** What the keyboard does in the list. */
export function useListKeys(keys: ListKeys): void {
  const { line, count, page } = keys
  const move = (key: string, to: (line: number) => void) => () => {
    const target = moveByKey(key, line, count, page)
    if (target !== null) to(target)
  }
  useCommand('list.next', move('ArrowDown', keys.goTo))
  useCommand('list.previous', move('ArrowUp', keys.goTo))
  useCommand('list.pageDown', move('PageDown', keys.goTo))
  useCommand('list.pageUp', move('PageUp', keys.goTo))
  useCommand('list.first', move('Home', keys.goTo))
  useCommand('list.last', move('End', keys.goTo))
  useCommand('list.extendDown', move('ArrowDown', keys.extendTo))
  useCommand('list.extendUp', move('ArrowUp', keys.extendTo))
  useCommand('list.open', keys.open)
  useCommand('list.toggleRow', keys.toggleRow)
  useCommand('list.selectAll', keys.selectAll)
  useCommand('list.newest', keys.showNewest)
}
