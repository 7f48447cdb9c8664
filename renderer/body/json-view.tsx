import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { useMemo } from 'react'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatSize } from '#renderer/words/format.ts'
import { joinChunks, useBodyChunks, type BodySource } from './body-bytes.ts'
import { parseJson } from './json-parse.ts'
import { JsonTree } from './json-tree.tsx'
import { textOfBytes } from './text-of-bytes.ts'
import { TextView } from './text-view.tsx'

/** A tree needs the whole text at once; above this, text and hex are the views to use. */
export const LARGEST_TREE = 8 * MAX_RANGE_BYTES

/** The body as a JSON tree, or the sentence that says where it stops being JSON. */
export function JsonView({ source }: { source: BodySource }) {
  const tooLarge = source.byteLength > LARGEST_TREE
  const count = tooLarge ? 0 : Math.ceil(source.byteLength / MAX_RANGE_BYTES)
  const indexes = Array.from({ length: count }, (_, index) => index)
  const { chunks, error, loading } = useBodyChunks(source, MAX_RANGE_BYTES, indexes)
  const parsed = useMemo(
    () => (loading || tooLarge ? null : parseJson(textOfBytes(joinChunks(chunks), true).text)),
    [chunks, loading, tooLarge],
  )
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (tooLarge) {
    return (
      <p className="p-4 text-ink-2">
        The tree is drawn for bodies up to {formatSize(LARGEST_TREE)}; this one has{' '}
        {formatSize(source.byteLength)}. Text and Hex show it.
      </p>
    )
  }
  if (!parsed) return <p className="p-4 text-ink-3">Reading…</p>
  if (!parsed.ok) {
    const { line, column, sentence } = parsed.problem
    return (
      <>
        <p className="selectable border-b border-line px-4 py-2 text-ink-2">
          This is not JSON from line {line}, column {column}: {sentence} Here is the text as it
          came.
        </p>
        <TextView source={source} json={false} formatted={false} />
      </>
    )
  }
  return <JsonTree root={parsed.root} />
}
