import { Setting } from '#renderer/settings/setting.tsx'
import { AppearanceSettings } from '#renderer/theme/appearance.tsx'

export function AppearanceSection() {
  return (
    <Setting id="appearance" hint="Kept in this window, not with the data.">
      <AppearanceSettings />
    </Setting>
  )
}
