import { SendHorizontal } from 'lucide-react'
import type { View } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { useSendTest } from '#renderer/tools/use-send-test.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import type { TimeRange } from './time-range.ts'

interface Props {
  endpoint: Extract<View, { kind: 'overview' }>['endpoint']
  range: TimeRange
  onAll: () => void
}

/** What the pictures will show once something arrives. */
export function EmptyOverview({ endpoint, range, onAll }: Props) {
  const sendTest = useSendTest()
  const everything = range.kind === 'last' && range.id === 'all'
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto p-8">
      <div className="flex w-full max-w-md flex-col items-start gap-4">
        <h2 className="text-xl font-semibold">Nothing arrived {range.words}</h2>
        <p className="text-ink-2">
          Each delivery adds to five pictures: how many came and with which verdict, how far the
          sender’s clock is off, when it tried again, how fast it was answered, and how large it
          was. Drag across a picture to see that stretch in the list.
        </p>
        {everything ? (
          <Button
            icon={SendHorizontal}
            isDisabled={sendTest.isPending}
            onPress={() =>
              sendTest.mutate({ endpointId: typeof endpoint === 'number' ? endpoint : null })
            }
          >
            Send a test webhook
          </Button>
        ) : (
          <Button onPress={onAll}>Show all time</Button>
        )}
        {sendTest.error && <p className="text-red">{errorSentence(sendTest.error)}</p>}
      </div>
    </div>
  )
}
