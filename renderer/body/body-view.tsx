import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { BodyPane } from './body-pane.tsx'
import { RevealButton } from '#renderer/detail/reveal-button.tsx'
import { useCredentials } from '#renderer/detail/use-credentials.ts'
import { deliverySource, maskedSource } from './body-source.ts'
import { Pause } from './pause.tsx'

function headerValue(delivery: Delivery, name: string): string | null {
  return delivery.rawHeaders.find(([header]) => header.toLowerCase() === name)?.[1] ?? null
}

/** The form of the body that is shown, and what there is to say about its content coding. */
function useCodedBody(delivery: Delivery) {
  const { id, bodyByteLength } = delivery
  const coded = delivery.contentEncoding !== null && bodyByteLength > 0
  const [asReceived, setAsReceived] = useState(false)
  const length = useQuery({
    ...api.deliveries.decodedLength.queryOptions({ input: { id } }),
    enabled: coded,
  })
  const problem = length.data?.problem ?? null
  const decoded = coded && !asReceived && problem === null && length.data !== undefined
  const byteLength = decoded ? (length.data?.byteLength ?? 0) : bodyByteLength
  const contentType = headerValue(delivery, 'content-type')
  const whole = useMemo(
    () => deliverySource({ deliveryId: id, decoded, byteLength, contentType }),
    [id, decoded, byteLength, contentType],
  )
  const waiting = coded && length.isPending
  return { coded, asReceived, setAsReceived, problem, whole, decoded, waiting }
}

/** The body of a delivery. Nothing in it runs, loads or misleads: it is drawn, never rendered. */
export function BodyView({ delivery }: { delivery: Delivery }) {
  const { coded, asReceived, setAsReceived, problem, whole, decoded, waiting } =
    useCodedBody(delivery)
  const credentials = useCredentials(delivery, decoded)
  const { ranges, shown } = credentials
  const source = useMemo(
    () => (ranges === null || shown ? whole : maskedSource(whole, ranges)),
    [whole, ranges, shown],
  )
  if (waiting || ranges === null) return <Pause>Reading…</Pause>
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {delivery.indexed === 'cut' && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-ink-2">
          Text search knows only the first 256 KiB of this body. Find in the body looks at more.
        </p>
      )}
      {problem !== null && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-amber">
          {visibleStart(problem, 200)} These are the bytes as received.
        </p>
      )}
      <BodyPane
        key={source.key}
        main
        source={source}
        controls={
          <>
            {ranges.length > 0 && <RevealButton {...credentials} />}
            {coded && problem === null && (
              <Segments
                label="Content coding"
                value={asReceived ? 'coded' : 'decoded'}
                onChange={(id) => setAsReceived(id === 'coded')}
                options={[
                  { id: 'decoded', name: 'Decoded' },
                  {
                    id: 'coded',
                    name: `As received (${visibleStart(delivery.contentEncoding ?? '', 40)})`,
                  },
                ]}
              />
            )}
          </>
        }
      />
    </div>
  )
}
