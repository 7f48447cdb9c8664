import { Download } from 'lucide-react'
import {
  type CredentialRange,
  maskedHeaders,
  maskedTarget,
  withRangesMasked,
} from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import { useBodyChunks } from '#renderer/body/body-bytes.ts'
import { deliverySource, maskedSource } from '#renderer/body/body-source.ts'
import { Pause } from '#renderer/body/pause.tsx'
import { blobOf } from '#renderer/body/save-body.ts'
import { looksBinary, textOfBytes } from '#renderer/body/text-of-bytes.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { visibleText } from '#renderer/words/visible-text.ts'
import { RevealButton } from './reveal-button.tsx'
import { type Credentials, useCredentials } from './use-credentials.ts'
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

async function saveMessage(
  delivery: Delivery,
  message: RawMessage,
  ranges: readonly CredentialRange[],
): Promise<void> {
  const { id: deliveryId, bodyByteLength: byteLength } = delivery
  const source = deliverySource({ deliveryId, decoded: false, byteLength, contentType: null })
  const body = await blobOf(maskedSource(source, ranges))
  const parts = [bytesOfLatin1(messageHead(message)), body, bytesOfLatin1(message.afterBody)]
  await platform.saveFile(`delivery-${deliveryId}.http`, new Blob(parts))
}

/** The request as one HTTP message, rebuilt from what was kept of it. */
export function RawTab({ delivery }: { delivery: Delivery }) {
  const credentials = useCredentials(delivery)
  const { scheme, shown, ranges } = credentials
  const message = rawMessage(shown ? delivery : withoutCredentials(delivery, scheme))
  const whole = rawMessage(delivery)
  if (!message || !whole) {
    return (
      <p className="text-ink-2">
        This was no HTTP request that could be read: there is no message to rebuild. Its bytes stand
        under Body as they came.
      </p>
    )
  }
  if (ranges === null) return <Pause>Reading…</Pause>
  return <Message key={delivery.id} {...{ delivery, message, whole, credentials, ranges }} />
}

/** The head as it is shown; its credentials masked. */
function withoutCredentials(delivery: Delivery, scheme: Credentials['scheme']): Delivery {
  return {
    ...delivery,
    target: maskedTarget(delivery.target, scheme),
    rawHeaders: maskedHeaders(delivery.rawHeaders, scheme),
    rawTrailers: maskedHeaders(delivery.rawTrailers, scheme),
  }
}

interface MessageProps {
  delivery: Delivery
  /** As it is shown. */
  message: RawMessage
  /** With its credentials. */
  whole: RawMessage
  credentials: Credentials
  ranges: readonly CredentialRange[]
}

function Message(props: MessageProps) {
  const { delivery, message, credentials, ranges } = props
  const { any, shown } = credentials
  const { bytes: came, error } = useShownBody(delivery)
  const bytes = came && (shown ? came : withRangesMasked(came, 0, ranges))
  const hidden = any && !shown
  const binary = bytes !== undefined && looksBinary(bytes)
  const whole = bytes !== undefined && bytes.length >= delivery.bodyByteLength
  const text = bytes && !binary ? textOfBytes(bytes, whole) : null
  const copyable = whole && !binary && text?.replaced === false
  const cameText = came && !binary ? textOfBytes(came, whole).text : ''
  const textWith = (of: RawMessage, body: string) =>
    messageHead(of) + (copyable ? body + of.afterBody : '')
  return (
    <div className="flex min-h-full flex-col gap-3">
      <p className="text-ink-2">
        {message.asHttp1
          ? 'It came as HTTP/2, in binary frames; this is the same request as HTTP/1.1 would write it. Headers has it as it came.'
          : `Rebuilt from what was kept. Only optional whitespace and chunk boundaries are lost${message.chunked ? ': the body came in chunks and stands here as one.' : '.'}`}
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyTextButton text={textWith(message, text?.text ?? '')}>
          {copyable ? 'Copy message' : 'Copy head'}
        </CopyTextButton>
        {hidden && (
          <CopyTextButton text={textWith(props.whole, cameText)}>
            Copy with credentials
          </CopyTextButton>
        )}
        <Button
          icon={Download}
          onPress={() => void saveMessage(delivery, message, shown ? [] : ranges)}
        >
          Save as .http
        </Button>
        <RevealButton {...credentials} />
      </div>
      <pre
        tabIndex={0}
        aria-label="Raw message"
        className="wire rounded-md border border-line bg-sunken px-3 py-2 break-all whitespace-pre-wrap"
      >
        <span className="font-medium">{visibleText(message.requestLine)}</span>
        {'\n'}
        <HeaderLines headers={message.rawHeaders} />
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
            <HeaderLines headers={message.rawTrailers} />
            {'\n'}
          </span>
        )}
      </pre>
    </div>
  )
}

function HeaderLines(props: { headers: RawHeader[] }) {
  return props.headers.map((header, index) => (
    // The headers of one delivery never change their order.
    <span key={index}>
      <span className="text-blue">{visibleText(header[0])}</span>
      {': '}
      {visibleText(header[1])}
      {'\n'}
    </span>
  ))
}
