import { isChunked } from '#engine/interchange/chunked.ts'
import { writeRawHttp } from '#engine/interchange/write-raw-http.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportWriter } from './export-writer.ts'
import { warnOfLosses } from './losses.ts'
import { tarEnd, tarHeader, tarPadding } from './tar.ts'
import { Warnings } from './warnings.ts'

/**
 * A tar of HTTP/1.x messages (RFC 9112), one `ID.http` a delivery: request line, header lines and
 * body bytes as they came. A chunked body becomes one chunk with its trailers. What is no request
 * (a TLS hello on a plain port) is written as the bytes that came.
 */
export class RawWriter implements ExportWriter {
  readonly fileExtension = 'tar'
  readonly warnings = new Warnings();

  *begin(): Iterable<Uint8Array> {
    // An archive has no beginning of its own.
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    const { delivery, body } = exported
    warnOfLosses(exported, { name: 'A raw HTTP message', trailers: true }, this.warnings)
    const { before, after } = this.#around(exported)
    const byteLength = before.length + body.byteLength + after.length
    const modifiedAtMs = delivery.receivedAtMs
    yield tarHeader({ path: `${delivery.id}.http`, byteLength, modifiedAtMs })
    yield before
    yield* body.chunks()
    yield after
    yield tarPadding(byteLength)
  }

  *end(): Iterable<Uint8Array> {
    yield tarEnd()
  }

  #around({ delivery, body }: ExportedDelivery): { before: Uint8Array; after: Uint8Array } {
    const empty = new Uint8Array()
    if (delivery.method === '') {
      this.warnings.add(
        'A delivery is no readable HTTP request; its bytes are written as they came.',
      )
      return { before: empty, after: empty }
    }
    const head = writeRawHttp({ ...delivery, body: empty })
    if (!isChunked(delivery.rawHeaders)) return { before: head, after: empty }
    // Of an empty chunked body the message ends with the last chunk and the trailers.
    const chunkEnd = lastChunkLength(delivery)
    const end = head.subarray(head.length - chunkEnd)
    const start = head.subarray(0, head.length - chunkEnd)
    if (body.byteLength === 0) return { before: start, after: end }
    const size = Buffer.from(`${body.byteLength.toString(16)}\r\n`, 'latin1')
    return {
      before: Buffer.concat([start, size]),
      after: Buffer.concat([Buffer.from('\r\n'), end]),
    }
  }
}

function lastChunkLength({ rawTrailers }: ExportedDelivery['delivery']): number {
  const fields = rawTrailers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  return '0\r\n'.length + fields + '\r\n'.length
}
