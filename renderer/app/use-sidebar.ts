import { writePlace, type View } from './location.ts'
import { useKeptSwitch, useKeptText } from './use-kept.ts'
import { useWindowWidth } from './use-window-width.ts'

/** Under this the sidebar lies over the rest, and only until something else is chosen. */
const CRAMPED = 600

interface SidebarState {
  on: boolean
  toggle: () => void
  cramped: boolean
}

/** Whether the sidebar is shown beside or, in a cramped window, over the view. */
export function useSidebar(view: View): SidebarState {
  const cramped = useWindowWidth() < CRAMPED
  const beside = useKeptSwitch('sidebar-shown', true)
  const [calledIn, setCalledIn] = useKeptText('sidebar-over', '')
  if (!cramped) return { on: beside.on, toggle: beside.toggle, cramped }
  const here = writePlace({ view, query: '', deliveryId: null })
  const on = calledIn === here
  return { on, toggle: () => setCalledIn(on ? '' : here), cramped }
}
