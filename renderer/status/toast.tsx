import { CircleCheck, CircleX, X } from 'lucide-react'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { showToast, useToast } from './toast-store.ts'

/** What came of something that was done without a dialog. */
export function ToastOutlet() {
  const toast = useToast()
  const Icon = toast?.tone === 'bad' ? CircleX : CircleCheck
  return (
    <div
      role="status"
      aria-label="Outcome"
      className="pointer-events-none fixed inset-x-0 bottom-5 z-30 flex justify-center"
    >
      {toast && (
        <div className="appear float-shadow pointer-events-auto flex min-h-10 max-w-[90vw] items-center gap-3 rounded-lg border border-line bg-raised py-1 pr-1.5 pl-4">
          <Icon
            size={15}
            aria-hidden
            className={`shrink-0 ${toast.tone === 'bad' ? 'text-red' : 'text-green'}`}
          />
          <span className="selectable min-w-0 [overflow-wrap:anywhere]">
            {visibleStart(toast.sentence, 600)}
          </span>
          {toast.action && (
            <Button
              small
              onPress={() => {
                toast.action?.run()
                showToast(null)
              }}
            >
              {toast.action.name}
            </Button>
          )}
          <IconButton small icon={X} label="Hide this" onPress={() => showToast(null)} />
        </div>
      )}
    </div>
  )
}
