import { isPlainCharacter } from './keys.ts'

const MOVING = new Set(
  ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'].flatMap(
    (key) => [key, `Shift+${key}`],
  ),
)
const PRESSING = new Set(['Enter', 'Space', 'Shift+Enter', 'Shift+Space'])

// Not the list of deliveries, also where it is a tree: it moves by commands.
const MOVERS =
  '[role=tab],[role=radio],[role=radiogroup],[role=slider],[role=spinbutton],[role=separator],[role=treegrid]:not(#delivery-grid),[role=tree],[role=toolbar],[role=gridlist],input,select'
/** These take letters to find an entry by its name. */
const SEEKERS =
  '[role=listbox],[role=option],[role=menu],[role=menuitem],[role=menuitemradio],[role=menuitemcheckbox],[role=combobox],select'
const PRESSED =
  'button,a[href],summary,input,select,[role=button],[role=link],[role=checkbox],[role=radio],[role=switch],[role=option],[role=tab],[role=treeitem],[role=tree],[role=menuitem],[role=columnheader]'

/** Whether the element that has the focus does something with a key by itself. */
export function usesKey(target: Element, key: string): boolean {
  if (PRESSING.has(key)) return target.closest(PRESSED) !== null
  if (MOVING.has(key)) return target.closest(`${MOVERS},${SEEKERS}`) !== null
  if (isPlainCharacter(key)) return target.closest(SEEKERS) !== null
  return key === 'Escape' && target.closest(SEEKERS) !== null
}
