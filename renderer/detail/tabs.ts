import { useEffect } from 'react'
import { openDialog } from '#renderer/app/dialogs.ts'
import { isTyping } from '#renderer/app/typing.ts'

export const detailTabs = [
  { id: 'verification', name: 'Verification' },
  { id: 'headers', name: 'Headers' },
  { id: 'body', name: 'Body' },
  { id: 'answer', name: 'Response' },
  { id: 'replays', name: 'Replays' },
] as const

export type DetailTab = (typeof detailTabs)[number]['id']

/** 1 to 5 choose a tab, except while something is being typed. */
export function useTabKeys(setTab: (tab: DetailTab) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || openDialog()) return
      const tab = /^[1-5]$/.test(event.key) ? detailTabs[Number(event.key) - 1] : undefined
      if (tab) setTab(tab.id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [setTab])
}
