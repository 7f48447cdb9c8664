import { useSyncExternalStore } from 'react'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { chooseDensity, rowHeights, useDensity } from './density.ts'
import { chooseTheme, onThemeChange, themeChoice } from './theme.ts'

/** Theme, density and, where the host leaves it to us, zoom; each holds at once. */
export function AppearanceSettings() {
  const theme = useSyncExternalStore(onThemeChange, themeChoice)
  const { density } = useDensity()
  const { zoom } = platform
  return (
    <div className="flex flex-col gap-5">
      <Segments
        label="Theme"
        showLabel
        options={[
          { id: 'system', name: 'As the system' },
          { id: 'light', name: 'Light' },
          { id: 'dark', name: 'Dark' },
        ]}
        value={theme}
        onChange={chooseTheme}
      />
      <div className="flex flex-col gap-1">
        <Segments
          label="Density of lists"
          showLabel
          options={[
            { id: 'comfortable', name: 'Comfortable' },
            { id: 'compact', name: 'Compact' },
          ]}
          value={density}
          onChange={chooseDensity}
        />
        <p className="text-sm text-ink-3">Rows of {rowHeights[density]} pixels.</p>
      </div>
      {zoom && (
        <div className="flex flex-col items-start gap-1">
          <span className="text-sm font-medium text-ink-2">Zoom</span>
          <div className="flex gap-1.5">
            <Button small onPress={() => zoom('out')}>
              Smaller
            </Button>
            <Button small onPress={() => zoom('reset')}>
              Actual size
            </Button>
            <Button small onPress={() => zoom('in')}>
              Larger
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
