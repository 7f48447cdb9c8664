import { lazy, Suspense, useMemo, useState } from 'react'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { Button } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatSize } from '#renderer/words/format.ts'
import { joinChunks, useBodyChunks, type BodySource } from './body-bytes.ts'
import { formatJson, parseJson } from './json-parse.ts'
import { textOfBytes } from './text-of-bytes.ts'

const CodeMirrorText = lazy(() => import('./code-mirror.tsx'))

/** Longer lines than this make any text view slow; such JSON is shown as it came. */
const LONGEST_FORMATTED = 4 * MAX_RANGE_BYTES

interface Props {
  source: BodySource
  json: boolean
  /** Lays JSON out; the text is then not what came, and says so. */
  formatted: boolean
}

/** The body as text: the first mebibyte, more on request. */
export function TextView({ source, json, formatted }: Props) {
  const [pages, setPages] = useState(1)
  const indexes = Array.from({ length: pages }, (_, index) => index)
  const { chunks, error, loading } = useBodyChunks(source, MAX_RANGE_BYTES, indexes)
  const bytes = useMemo(() => joinChunks(chunks), [chunks])
  const whole = bytes.length >= source.byteLength
  const { text, replaced } = useMemo(() => textOfBytes(bytes, whole), [bytes, whole])
  const shown = useMemo(() => {
    if (!formatted || !whole || bytes.length > LONGEST_FORMATTED) return text
    const parsed = parseJson(text)
    return parsed.ok ? formatJson(parsed.root) : text
  }, [formatted, whole, bytes, text])
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {replaced && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-amber">
          Some bytes are not UTF-8; they stand here as �. Hex shows them all.
        </p>
      )}
      <Suspense fallback={<p className="p-4 text-ink-3">Opening…</p>}>
        <CodeMirrorText text={shown} json={json} label="Body as text" />
      </Suspense>
      {!whole && (
        <div className="flex items-center gap-3 border-t border-line px-4 py-2 text-sm text-ink-2">
          <span className="flex-1">
            The first {formatSize(bytes.length)} of {formatSize(source.byteLength)}.
          </span>
          <Button small isDisabled={loading} onPress={() => setPages(pages + 1)}>
            {loading ? 'Reading…' : 'Show 1 MB more'}
          </Button>
        </div>
      )}
    </div>
  )
}
