import { useEffect, useState } from 'react'
import type { ReplayPreview } from '#contract/replay.ts'
import { client } from '#renderer/app/api.ts'
import type { replayInput } from './replay-draft.ts'

const SETTLED_MS = 250

interface Previewed {
  preview: ReplayPreview | null
  error: unknown
  /** What is shown is of what was chosen before. */
  behind: boolean
}

/** What would go out, once a person pauses; `null`: it cannot be sent as it stands. */
export function usePreview(input: ReturnType<typeof replayInput> | null): Previewed {
  const [known, setKnown] = useState<Omit<Previewed, 'behind'> & { of: typeof input }>({
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
      client.replays.preview(input, { signal: abort.signal }).then(
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
