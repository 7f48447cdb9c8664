import { KeymapEditor } from '#renderer/commands/keymap-editor.tsx'
import { Setting } from '#renderer/settings/setting.tsx'

/** The keys of every action; the file that holds a person’s own can also be edited by hand. */
export function ShortcutsSection() {
  return (
    <Setting
      id="keys"
      hint="A change holds at once. Only what differs from the defaults stands in the file, which you can also edit by hand."
    >
      <KeymapEditor />
    </Setting>
  )
}
