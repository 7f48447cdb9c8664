/** What is looked at of a KeyboardEvent. */
export interface PressedKey {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const MODIFIERS = ['Mod', 'Ctrl', 'Meta', 'Alt', 'Shift'] as const
type Modifier = (typeof MODIFIERS)[number]

const NAMED = [
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Enter',
  'Escape',
  'Delete',
  'Backspace',
  'Insert',
  'Space',
  'Plus',
  'Tab',
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
]
const named = new Map(NAMED.map((name) => [name.toLowerCase(), name]))
named.set('esc', 'Escape').set('del', 'Delete')

const isLetter = (key: string) => /^\p{L}$/u.test(key)
const isCharacter = (key: string) => /^.$/u.test(key)

function write(modifiers: ReadonlySet<Modifier>, key: string): string {
  return [...MODIFIERS.filter((modifier) => modifiers.has(modifier)), key].join('+')
}

function normalKey(text: string): string | null {
  const name = named.get(text.toLowerCase())
  if (name !== undefined) return name
  if (text === '+') return 'Plus'
  if (text === ' ') return 'Space'
  return isCharacter(text) && !/[\p{C}\p{Z}]/u.test(text) ? text.toUpperCase() : null
}

/**
 * Brings a key as people write it (`ctrl+k`, `Shift+g`, `esc`) into the one form that is compared:
 * modifiers in a fixed order, letters as capitals. Shift counts with letters and named keys; it is
 * part of what makes a `?`, so there it is left out.
 *
 * @returns `null`: that is no key
 */
export function normaliseKey(text: string, isMac: boolean): string | null {
  const parts = text === '+' ? ['+'] : text.replace(/\+\+$/, '+Plus').split('+')
  const key = normalKey(parts.at(-1) ?? '')
  if (key === null) return null
  const modifiers = new Set<Modifier>()
  for (const part of parts.slice(0, -1)) {
    const modifier = MODIFIERS.find((each) => each.toLowerCase() === part.trim().toLowerCase())
    if (modifier === undefined) return null
    const isMod = modifier === (isMac ? 'Meta' : 'Ctrl')
    modifiers.add(isMod ? 'Mod' : modifier)
  }
  if (isCharacter(key) && !isLetter(key)) modifiers.delete('Shift')
  return write(modifiers, key)
}

/** A letter or digit of the Latin keyboard where another script is switched on. */
function latinKey({ key, code }: PressedKey): string {
  if (key.length === 1 && key.charCodeAt(0) < 128) return key
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? key
}

/** The pressed key in the form of `normaliseKey`; `null` for modifiers alone and dead keys. */
export function keyOfEvent(event: PressedKey, isMac: boolean): string | null {
  const key = normalKey(latinKey(event))
  if (key === null) return null
  const modifiers = new Set<Modifier>()
  if (isMac ? event.metaKey : event.ctrlKey) modifiers.add('Mod')
  if (isMac && event.ctrlKey) modifiers.add('Ctrl')
  if (!isMac && event.metaKey) modifiers.add('Meta')
  if (event.altKey) modifiers.add('Alt')
  const shiftMadeIt = key === 'Plus' || (isCharacter(key) && !isLetter(key))
  if (event.shiftKey && !shiftMadeIt) modifiers.add('Shift')
  return write(modifiers, key)
}

/** Whether Mod, Ctrl, Meta or Alt is held: then no text takes the key for a character. */
export function isChord(key: string): boolean {
  return /^(?:Mod|Ctrl|Meta|Alt)\+/.test(key)
}

/** Whether a normalised key writes one visible character. */
export function isPlainCharacter(key: string): boolean {
  const last = key.startsWith('Shift+') ? key.slice('Shift+'.length) : key
  return isCharacter(last) || last === 'Plus'
}

const macSigns: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Meta: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
}
const signs: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Plus: '+',
}

/** A normalised key in the signs of the system: `['⌘', 'K']` on macOS, `['Ctrl', 'K']` elsewhere. */
export function keySigns(key: string, isMac: boolean): string[] {
  return key.split('+').map((part) => {
    const own = isMac ? macSigns[part] : undefined
    const word = part === 'Mod' ? 'Ctrl' : part === 'Meta' ? 'Win' : part
    return own ?? signs[part] ?? word
  })
}

/** The same in one text, as it stands in tips: `⌘K`, `Ctrl+K`. */
export function keyText(key: string, isMac: boolean): string {
  return keySigns(key, isMac).join(isMac ? '' : '+')
}
