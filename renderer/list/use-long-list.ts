import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ListView } from '#contract/delivery.ts'
import { client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'
import type { ListState } from './model/held-list.ts'
import { sourceOf } from './model/list-source.ts'
import { LongList } from './model/long-list.ts'

/** The rows of a view, kept up to date while it is shown. */
export function useLongList(view: ListView): { list: LongList; state: ListState } {
  const list = useMemo(() => new LongList(sourceOf(client), view), [view])
  const state = useSyncExternalStore(list.subscribe, list.state)
  useEffect(() => {
    list.start()
    const forget = onChange((change) => list.changed(change))
    return () => {
      forget()
      list.stop()
    }
  }, [list])
  return { list, state }
}
