import { useMutation } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import type { ListenerSettings } from '#contract/settings.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { isLoopback, reachOf } from '#renderer/settings/listener-words.ts'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave } from '#renderer/settings/use-settings.ts'
import { errorSentence } from '#renderer/words/errors.ts'

/** A random prefix of every path: who does not know it gets 404, and nothing is stored. */
export function PathTokenSetting({ listener, host }: { listener: ListenerSettings; host: string }) {
  const { save, outcome } = useSave()
  const renew = useMutation(api.listener.newPathToken.mutationOptions())
  const required = listener.pathToken ?? false
  return (
    <Setting
      id="pathToken"
      outcome={outcome}
      hint="The capture URL then has a random part that nobody guesses. What comes without it gets 404 and is counted, not stored."
    >
      {!required && !isLoopback(host) && (
        <Callout tone="amber" icon={<TriangleAlert size={15} aria-hidden />}>
          {reachOf(host)}
        </Callout>
      )}
      <CheckBox
        label="Require the path token"
        on={required}
        onChange={(pathToken) => save({ listener: { pathToken } })}
      />
      {required && (
        <div className="flex flex-wrap items-center gap-3">
          <Button isPending={renew.isPending} onPress={() => renew.mutate({})}>
            Make a new token
          </Button>
          <span className="text-sm text-ink-3">
            The URL of before stops working; senders have to be told the new one.
          </span>
        </div>
      )}
      {renew.error && (
        <p role="alert" className="selectable text-red">
          {errorSentence(renew.error)}
        </p>
      )}
    </Setting>
  )
}
