import { useCommand } from '#renderer/commands/use-command.ts'

export const detailTabs = [
  { id: 'verification', name: 'Verification' },
  { id: 'headers', name: 'Headers' },
  { id: 'body', name: 'Body' },
  { id: 'response', name: 'Response' },
  { id: 'timeline', name: 'Timeline' },
  { id: 'raw', name: 'Raw' },
  { id: 'notes', name: 'Notes' },
] as const

export type DetailTab = (typeof detailTabs)[number]['id']

/** Each tab has a number, by which it is turned to. */
export function useTabCommands(setTab: (tab: DetailTab) => void): void {
  useCommand('tab.1', () => setTab('verification'))
  useCommand('tab.2', () => setTab('headers'))
  useCommand('tab.3', () => setTab('body'))
  useCommand('tab.4', () => setTab('response'))
  useCommand('tab.5', () => setTab('timeline'))
  useCommand('tab.6', () => setTab('raw'))
  useCommand('tab.7', () => setTab('notes'))
}
