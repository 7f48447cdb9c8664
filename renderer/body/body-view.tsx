import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { api, client } from '#renderer/app/api.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { useBodyChunks, type BodySource } from './body-bytes.ts'
import { HexView } from './hex-view.tsx'
import { JsonView, LARGEST_TREE } from './json-view.tsx'
import { looksBinary, looksLikeJson } from './text-of-bytes.ts'
import { TextView } from './text-view.tsx'

type Mode = 'tree' | 'text' | 'hex'

function headerValue(delivery: Delivery, name: string): string | null {
  return delivery.rawHeaders.find(([header]) => header.toLowerCase() === name)?.[1] ?? null
}

/** The form of the body that is shown, and what there is to say about its content coding. */
function useBodySource(delivery: Delivery) {
  const coded = delivery.contentEncoding !== null && delivery.bodyByteLength > 0
  const [asReceived, setAsReceived] = useState(false)
  const length = useQuery({
    ...api.deliveries.decodedLength.queryOptions({ input: { id: delivery.id } }),
    enabled: coded,
  })
  const problem = length.data?.problem ?? null
  const decoded = coded && !asReceived && problem === null && length.data !== undefined
  const source: BodySource = {
    deliveryId: delivery.id,
    decoded,
    byteLength: decoded ? (length.data?.byteLength ?? 0) : delivery.bodyByteLength,
  }
  const waiting = coded && length.isPending && !asReceived
  return { coded, asReceived, setAsReceived, problem, source, waiting }
}

async function saveBody(source: BodySource): Promise<void> {
  const parts: Blob[] = []
  for (let offset = 0; offset < source.byteLength; offset += MAX_RANGE_BYTES) {
    const { deliveryId: id, decoded } = source
    parts.push(await client.deliveries.body({ id, offset, length: MAX_RANGE_BYTES, decoded }))
  }
  await platform.saveFile(`delivery-${source.deliveryId}.bin`, new Blob(parts))
}

/** The body of a delivery as JSON tree, text or hex. Only ever text: nothing in it is rendered. */
export function BodyView({ delivery }: { delivery: Delivery }) {
  const { coded, asReceived, setAsReceived, problem, source, waiting } = useBodySource(delivery)
  const first = useBodyChunks(source, 4096, waiting ? [] : [0])
  const start = first.chunks.get(0) ?? new Uint8Array(0)
  const json = looksLikeJson(headerValue(delivery, 'content-type'), start)
  const [chosen, setChosen] = useState<Mode | null>(null)
  const [formatted, setFormatted] = useState(false)
  if (source.byteLength === 0 && !waiting) {
    return <p className="p-5 text-ink-2">The body is empty: 0 bytes.</p>
  }
  if (waiting || first.loading) return <p className="p-5 text-ink-3">Reading…</p>
  const tree = json && source.byteLength <= LARGEST_TREE
  const fallback: Mode = looksBinary(start) ? 'hex' : tree ? 'tree' : 'text'
  const mode = chosen ?? fallback
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <Segments
          label="Show the body as"
          value={mode}
          onChange={setChosen}
          options={[
            { id: 'tree', name: 'JSON' },
            { id: 'text', name: 'Text' },
            { id: 'hex', name: 'Hex' },
          ]}
        />
        {mode === 'text' && json && (
          <Segments
            label="Layout"
            value={formatted ? 'formatted' : 'raw'}
            onChange={(id) => setFormatted(id === 'formatted')}
            options={[
              { id: 'raw', name: 'As it came' },
              { id: 'formatted', name: 'Laid out' },
            ]}
          />
        )}
        {coded && problem === null && (
          <Segments
            label="Content coding"
            value={asReceived ? 'coded' : 'decoded'}
            onChange={(id) => setAsReceived(id === 'coded')}
            options={[
              { id: 'decoded', name: `Decoded` },
              { id: 'coded', name: `As received (${delivery.contentEncoding ?? ''})` },
            ]}
          />
        )}
        <span className="flex-1" />
        <span
          className="selectable text-sm whitespace-nowrap text-ink-3"
          title={formatSize(source.byteLength)}
        >
          {formatBytes(source.byteLength)}
        </span>
        <IconButton
          small
          icon={Download}
          label="Save the body to a file"
          onPress={() => void saveBody(source)}
        />
      </div>
      {problem !== null && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-amber">
          {problem} These are the bytes as received.
        </p>
      )}
      {mode === 'tree' && <JsonView source={source} />}
      {mode === 'text' && <TextView source={source} json={json} formatted={formatted && json} />}
      {mode === 'hex' && <HexView key={String(source.decoded)} source={source} />}
    </div>
  )
}
