const NAMES: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  Ctrl: 'Control',
  Meta: 'Super',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
}
const CHORD = /^(?:(?:Mod|Ctrl|Meta|Alt|Shift)\+)*(?:Mod|Ctrl|Meta|Alt)\+/
const LAST =
  /^(?:[A-Z0-9,./;=\-[\]\\`']|F\d{1,2}|Arrow(?:Up|Down|Left|Right)|Home|End|PageUp|PageDown|Plus|Space|Delete|Backspace|Enter|Escape|Insert|Tab)$/

/**
 * The key of a command as Electron's menus write it: `Mod+K` becomes `CommandOrControl+K`.
 *
 * @returns `null`: a menu cannot show it, or it is no chord, so that it belongs to texts
 */
export function acceleratorOf(key: string): string | null {
  const last = key.endsWith('+') ? '' : (key.split('+').at(-1) ?? '')
  if (!LAST.test(last)) return null
  if (!CHORD.test(key) && !/^(?:Shift\+)?F\d{1,2}$/.test(key)) return null
  return key
    .split('+')
    .map((part) => NAMES[part] ?? part)
    .join('+')
}
