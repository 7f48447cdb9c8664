import { Dialog } from '#renderer/controls/dialog.tsx'
import { Key } from '#renderer/controls/key.tsx'
import { shortcuts } from './shortcuts.ts'

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="flex flex-col gap-2">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys.join()} className="flex items-center gap-4">
            <dd className="order-2 flex gap-1">
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dd>
            <dt className="order-1 flex-1 text-ink-2">{does}</dt>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
