import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import type { Warnings } from '#engine/interchange/export/warnings.ts'
import { bodyOfBytes } from '#engine/interchange/ndjson/body-fact.ts'
import type { Body } from '#engine/signatures/types.ts'
import type { Reader } from '#engine/store/open-reader.ts'

const CHUNK_BYTES = 256 * 1024
/** Far more than anybody sends again by hand; each is in memory with its answer for a moment. */
const MOST_REPLAYS = 10_000

/** Deliveries as they are stored, on their way out; bodies are read when they are asked for. */
export function storedExports(reader: Reader) {
  return {
    /** `null`: it was deleted meanwhile. */
    read(id: number, warnings: Warnings): ExportedDelivery | null {
      const delivery = reader.get(id)
      if (delivery === null) return null
      const ids = reader.transfers.replayIds(id, MOST_REPLAYS)
      if (ids.length === MOST_REPLAYS) {
        warnings.add(`Of delivery ${id} only the first ${MOST_REPLAYS} replays are exported.`)
      }
      return {
        delivery,
        body: bodyOf(reader, id, delivery.bodyByteLength, warnings),
        replays: ids.flatMap((replayId) => {
          const replay = reader.replays.get(replayId)
          if (replay === null) return []
          const body = reader.replays.requestBody(replayId)
          return [{ replay, body: body instanceof Uint8Array ? bodyOfBytes(body) : null }]
        }),
      }
    },
  }
}

function bodyOf(reader: Reader, id: number, byteLength: number, warnings: Warnings): Body {
  if (byteLength > 0 && reader.body(id, 0, 1) === null) {
    warnings.add(`The body of delivery ${id} is missing from the data directory.`)
    return bodyOfBytes(new Uint8Array(0))
  }
  return {
    byteLength,
    *chunks() {
      for (let offset = 0; offset < byteLength; offset += CHUNK_BYTES) {
        const chunk = reader.body(id, offset, CHUNK_BYTES)
        if (!chunk || chunk.byteLength === 0) throw new Error(`The body of delivery ${id} is gone.`)
        yield chunk
      }
    },
  }
}
