import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { useAskedHost } from './allowed-host.ts'

/** Asks before something is sent to a host that is not this computer; above whatever is open. */
export function AllowHostDialog() {
  const question = useAskedHost()
  if (question === null) return null
  const host = visibleStart(question.host, 255)
  return (
    <Dialog
      key={question.host}
      role="alertdialog"
      title={`Send to ${host}?`}
      onClose={() => question.answer(false)}
      footer={
        <>
          <Button autoFocus onPress={() => question.answer(false)}>
            Send nothing
          </Button>
          <Button kind="primary" onPress={() => question.answer(true)}>
            Allow and send
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2 py-1">
        <p>
          <span className="quoted">{host}</span> is not this computer. The whole request leaves it:
          headers, body and signature.
        </p>
        <p className="text-ink-2">
          You are asked once for each host. Settings, Privacy lists them and takes them back.
        </p>
      </div>
    </Dialog>
  )
}
