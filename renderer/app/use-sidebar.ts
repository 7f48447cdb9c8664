import { useKeptSwitch } from './use-kept.ts'
import { useWindowWidth } from './use-window-width.ts'

/** Under this the sidebar lies over the rest, and is there only when it is called for. */
const CRAMPED = 600

/** Whether the sidebar is shown; a cramped window remembers its own choice. */
export function useSidebar() {
  const cramped = useWindowWidth() < CRAMPED
  const shown = useKeptSwitch(cramped ? 'sidebar-shown-cramped' : 'sidebar-shown', !cramped)
  return { ...shown, cramped }
}
