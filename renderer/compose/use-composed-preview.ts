import { useEffect, useState } from 'react'
import type { NewComposed } from '#contract/compose.ts'
import type { ReplayPreview } from '#contract/replay.ts'
import { client } from '#renderer/app/api.ts'

const SETTLED_MS = 250
/** Without a seed of one's own the values would be others with every letter that is typed. */
const PREVIEW_SEED = 1

interface Previewed {
  preview: ReplayPreview | null
  error: unknown
  /** What is shown is of what stood there before. */
  behind: boolean
}

/** The request as it would go out, once a person pauses; `null`: it cannot be sent as it stands. */
export function useComposedPreview(input: NewComposed | null): Previewed {
  const [known, setKnown] = useState<Omit<Previewed, 'behind'> & { of: NewComposed | null }>({
    preview: null,
    error: null,
    of: null,
  })
  useEffect(() => {
    if (input === null) return undefined
    const abort = new AbortController()
    const timer = setTimeout(() => {
      const tell = (change: Pick<Previewed, 'preview' | 'error'>) => {
        if (!abort.signal.aborted) setKnown({ ...change, of: input })
      }
      const seed = input.draft.seed ?? PREVIEW_SEED
      const asked = { ...input, draft: { ...input.draft, seed } }
      client.compose.preview(asked, { signal: abort.signal }).then(
        (preview) => tell({ preview, error: null }),
        (error: unknown) => tell({ preview: null, error }),
      )
    }, SETTLED_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [input])
  return { preview: known.preview, error: known.error, behind: known.of !== input }
}
