export type ThemeChoice = 'system' | 'light' | 'dark'

const KEY = 'countersign.theme'
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

function isThemeChoice(value: string | null): value is ThemeChoice {
  return value === 'system' || value === 'light' || value === 'dark'
}

/** What the person chose on this machine; the system's own theme until they do. */
export function themeChoice(): ThemeChoice {
  const kept = localStorage.getItem(KEY)
  return isThemeChoice(kept) ? kept : 'system'
}

function apply(): void {
  const choice = themeChoice()
  const shown = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice
  document.documentElement.dataset['theme'] = shown
  for (const listener of listeners) listener()
}

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(KEY, choice)
  apply()
}

const following: Record<ThemeChoice, ThemeChoice> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
}

/** Goes round system, light and dark. */
export function nextTheme(): void {
  chooseTheme(following[themeChoice()])
}

export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Sets the theme before the first paint and follows the system from then on. */
export function installTheme(): void {
  apply()
  dark.addEventListener('change', apply)
}
