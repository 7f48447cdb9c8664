import { Dialog } from '#renderer/controls/dialog.tsx'
import { Key } from '#renderer/controls/key.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { commandGroups, commands, type CommandGroup } from './command-list.ts'
import { useOwnKeys } from './keymap-store.ts'
import { keysOf } from './keymap.ts'
import { keySigns } from './keys.ts'

/** A key with its modifiers, each as a key of the keyboard. */
export function KeySigns({ keyName }: { keyName: string }) {
  return (
    <span className="flex gap-0.5">
      {keySigns(keyName, platform.isMac).map((sign) => (
        <Key key={sign}>{sign}</Key>
      ))}
    </span>
  )
}

function Group({ group }: { group: CommandGroup }) {
  const own = useOwnKeys()
  const shown = commands
    .filter((command) => command.group === group)
    .map((command) => ({ ...command, bound: keysOf(command, own, platform.isMac) }))
    .filter(({ bound }) => bound.length > 0)
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1.5 text-sm font-semibold">{group}</h3>
      <dl className="flex flex-col gap-1">
        {shown.map(({ id, title, bound }) => (
          <div key={id} className="flex min-h-6 items-center gap-4">
            <dt className="flex-1 text-ink-2">{title}</dt>
            <dd className="flex items-center gap-2">
              {bound.map((key) => (
                <KeySigns key={key} keyName={key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Every key that does something, made from the list of actions. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" wide onClose={onClose}>
      {/* Focusable, so that a sheet longer than the window is scrolled by keys. */}
      <div
        tabIndex={0}
        role="group"
        aria-label="Shortcuts"
        className="columns-1 gap-8 outline-none sm:columns-2"
      >
        {commandGroups.map((group) => (
          <Group key={group} group={group} />
        ))}
      </div>
    </Dialog>
  )
}
