import { useEffect, useState } from 'react'
import type { NewExport } from '#contract/transfer.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { readExport } from './run-export.ts'

const SHOWN_BYTES = 12 * 1024
/** Nothing is asked for while somebody types. */
const SETTLED_MS = 250

export interface Preview {
  text: string
  /** There is more. */
  cut: boolean
  warnings: readonly string[]
  problem: string | null
}

const NOTHING: Preview = { text: '', cut: false, warnings: [], problem: null }

/** The first bytes that an export would have. */
export function usePreview(request: NewExport, isText: boolean): Preview {
  const [preview, setPreview] = useState<Preview>(NOTHING)
  const key = JSON.stringify(request)
  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    const show = async () => {
      const asked: NewExport = JSON.parse(key)
      const { transfer, blob } = await readExport({ request: asked, signal, most: SHOWN_BYTES })
      const text = isText ? await blob.slice(0, SHOWN_BYTES).text() : ''
      if (signal.aborted) return
      const { warnings } = transfer
      setPreview({ text, cut: blob.size >= SHOWN_BYTES, warnings, problem: null })
    }
    const timer = setTimeout(() => {
      show().catch((error: unknown) => {
        if (!signal.aborted) setPreview({ ...NOTHING, problem: errorSentence(error) })
      })
    }, SETTLED_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [key, isText])
  return preview
}
