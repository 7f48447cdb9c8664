import { Download, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import { useBodyChunks } from '#renderer/body/body-bytes.ts'
import { deliverySource } from '#renderer/body/body-source.ts'
import { blobOf } from '#renderer/body/save-body.ts'
import { looksBinary, textOfBytes } from '#renderer/body/text-of-bytes.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { platform } from '#renderer/platform/platform.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { visibleText } from '#renderer/words/visible-text.ts'
import { isCredentialHeader } from './credential-headers.ts'
import { bytesOfLatin1, messageHead, rawMessage, type RawMessage } from './raw-message.ts'

/** So much of a body stands here; the Body tab has the rest. */
const SHOWN_BYTES = 64 * 1024

/** Lines of their own, and nothing hidden in them. */
function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visibleText).join('\n')
}

function useShownBody(delivery: Delivery) {
  const { id: deliveryId, bodyByteLength: byteLength } = delivery
  const source = deliverySource({ deliveryId, decoded: false, byteLength, contentType: null })
  const { chunks, error } = useBodyChunks(source, SHOWN_BYTES, byteLength > 0 ? [0] : [])
  const bytes = byteLength === 0 ? new Uint8Array(0) : chunks.get(0)
  return { source, bytes, error }
}

async function saveMessage(delivery: Delivery, message: RawMessage): Promise<void> {
  const { id: deliveryId, bodyByteLength: byteLength } = delivery
  const source = deliverySource({ deliveryId, decoded: false, byteLength, contentType: null })
  const body = await blobOf(source)
  const parts = [bytesOfLatin1(messageHead(message)), body, bytesOfLatin1(message.afterBody)]
  await platform.saveFile(`delivery-${deliveryId}.http`, new Blob(parts))
}

/** The request as one HTTP message, rebuilt from what was kept of it. */
export function RawTab({ delivery }: { delivery: Delivery }) {
  const message = rawMessage(delivery)
  if (!message) {
    return (
      <p className="text-ink-2">
        This was no HTTP request that could be read: there is no message to rebuild. Its bytes stand
        under Body as they came.
      </p>
    )
  }
  return <Message key={delivery.id} delivery={delivery} message={message} />
}

function Message({ delivery, message }: { delivery: Delivery; message: RawMessage }) {
  const { schemeId } = delivery.verification
  const scheme = useSchemes().find(({ id }) => id === schemeId)
  const isSecret = (header: RawHeader) => isCredentialHeader(header, scheme)
  const hasSecrets = [...message.rawHeaders, ...message.rawTrailers].some(isSecret)
  const [revealed, setRevealed] = useState(false)
  const { bytes, error } = useShownBody(delivery)
  const binary = bytes !== undefined && looksBinary(bytes)
  const whole = bytes !== undefined && bytes.length >= delivery.bodyByteLength
  const text = bytes && !binary ? textOfBytes(bytes, whole) : null
  const copyable = whole && !binary && text?.replaced === false
  const masked = (header: RawHeader) => isSecret(header) && !revealed
  return (
    <div className="flex min-h-full flex-col gap-3">
      <p className="text-ink-2">
        {message.asHttp1
          ? 'It came as HTTP/2, in binary frames; this is the same request as HTTP/1.1 would write it. Headers has it as it came.'
          : `Rebuilt from what was kept. Only optional whitespace and chunk boundaries are lost${message.chunked ? ': the body came in chunks and stands here as one.' : '.'}`}
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyTextButton
          text={messageHead(message) + (copyable ? `${text?.text ?? ''}${message.afterBody}` : '')}
        >
          {copyable ? 'Copy message' : 'Copy head'}
        </CopyTextButton>
        <Button icon={Download} onPress={() => void saveMessage(delivery, message)}>
          Save as .http
        </Button>
        {hasSecrets && (
          <Button icon={revealed ? EyeOff : Eye} onPress={() => setRevealed(!revealed)}>
            {revealed ? 'Hide credentials' : 'Reveal credentials'}
          </Button>
        )}
      </div>
      <pre
        tabIndex={0}
        aria-label="Raw message"
        className="wire rounded-md border border-line bg-sunken px-3 py-2 break-all whitespace-pre-wrap"
      >
        <span className="font-medium">{visibleText(message.requestLine)}</span>
        {'\n'}
        <HeaderLines headers={message.rawHeaders} masked={masked} />
        {'\n'}
        <span className="text-ink-3">{visibleLines(message.beforeBody)}</span>
        {error !== null && <span className="font-sans text-red">{errorSentence(error)}</span>}
        {binary && (
          <span className="font-sans text-ink-3">
            {formatBytes(delivery.bodyByteLength)} that are not text. The saved file has them as
            they came.
          </span>
        )}
        {text && visibleLines(text.text)}
        {text && !whole && (
          <span className="font-sans text-ink-3">
            {'\n'}… {formatSize(delivery.bodyByteLength - SHOWN_BYTES)} more. The saved file has all
            of it.
          </span>
        )}
        {message.chunked && (
          <span className="text-ink-3">
            {delivery.bodyByteLength > 0 && '\n'}
            {'0\n'}
            <HeaderLines headers={message.rawTrailers} masked={masked} />
            {'\n'}
          </span>
        )}
      </pre>
    </div>
  )
}

function HeaderLines(props: { headers: RawHeader[]; masked: (header: RawHeader) => boolean }) {
  return props.headers.map((header, index) => (
    // The headers of one delivery never change their order.
    <span key={index}>
      <span className="text-blue">{visibleText(header[0])}</span>
      {': '}
      {props.masked(header) ? '••••••••' : visibleText(header[1])}
      {'\n'}
    </span>
  ))
}
