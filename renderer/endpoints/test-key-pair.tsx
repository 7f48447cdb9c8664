import { useMutation } from '@tanstack/react-query'
import { KeySquare } from 'lucide-react'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'

/** The half of a test key pair that a receiver is given. */
export function PublicHalf({ text }: { text: string }) {
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        <p className="text-sm text-ink-3">Public half, for the receiver of replays:</p>
        <pre className="wire selectable max-h-28 overflow-y-auto break-all whitespace-pre-wrap text-ink-2">
          {text.trim()}
        </pre>
      </div>
      <CopyButton text={text.trim()} label="Copy the public half" />
    </div>
  )
}

interface Props {
  schemeId: string
  /** Where it is stored at once; absent: it is handed over. */
  endpointId?: number
  onMade: (made: { publicKeyText: string; privateKeyText: string | null }) => void
}

/** Makes a key pair, so that deliveries of an asymmetric scheme can be signed here. */
export function MakeTestKeyPair({ schemeId, endpointId, onMade }: Props) {
  const make = useMutation(api.tools.makeKeyPair.mutationOptions({ onSuccess: onMade, gcTime: 0 }))
  return (
    <div className="flex flex-col gap-1">
      <div>
        <Button
          small
          kind="quiet"
          icon={KeySquare}
          isDisabled={make.isPending}
          onPress={() => make.mutate({ schemeId, endpointId: endpointId ?? null })}
        >
          Make a test key pair
        </Button>
      </div>
      {make.error && <p className="selectable text-sm text-red">{errorSentence(make.error)}</p>}
    </div>
  )
}
