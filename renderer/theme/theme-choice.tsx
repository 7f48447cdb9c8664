import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useHotkey } from '#renderer/commands/keymap-store.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { nextTheme, onThemeChange, themeChoice } from './theme.ts'

const shown = {
  system: { icon: Monitor, label: 'Theme: as the system. Change to light' },
  light: { icon: Sun, label: 'Theme: light. Change to dark' },
  dark: { icon: Moon, label: 'Theme: dark. Change to the system’s' },
}

/** One button that goes round system, light and dark. */
export function ThemeButton() {
  const choice = useSyncExternalStore(onThemeChange, themeChoice)
  const hotkey = useHotkey('app.theme')
  const { icon, label } = shown[choice]
  return (
    <IconButton
      icon={icon}
      label={label}
      {...(hotkey === undefined ? {} : { hotkey })}
      onPress={nextTheme}
    />
  )
}
