import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BodySource } from '#renderer/body/body-source.ts'
import type { DocumentInputs, DocumentMethod } from './body-document.ts'
import { openDocument, type OpenDocument } from './open-document.ts'

export interface DocumentState {
  key: string
  document: OpenDocument | null
  error: unknown
  readSoFar: number
}

/** Reads a body once it is needed, and holds it for as long as the component shows it. */
export function useDocument(source: BodySource, needed: boolean): DocumentState {
  const fresh = { key: source.key, document: null, error: null, readSoFar: 0 }
  const [state, setState] = useState<DocumentState>(fresh)
  const [held, setHeld] = useState(source)
  // The same bytes come as a new object whenever something around them is drawn.
  if (held.key !== source.key) setHeld(source)
  useEffect(() => {
    if (!needed) return undefined
    const gone = new AbortController()
    let opened: OpenDocument | null = null
    const tell = (news: Partial<DocumentState>) => {
      if (gone.signal.aborted) return
      setState((before) => ({
        ...(before.key === held.key
          ? before
          : { document: null, error: null, readSoFar: 0, key: held.key }),
        ...news,
      }))
    }
    const open = async () => {
      try {
        opened = await openDocument(held, gone.signal, (readSoFar) => tell({ readSoFar }))
        if (gone.signal.aborted) opened.close()
        else tell({ document: opened })
      } catch (error) {
        tell({ error })
      }
    }
    void open()
    return () => {
      gone.abort()
      opened?.close()
      setState({ key: '', document: null, error: null, readSoFar: 0 })
    }
  }, [held, needed])
  return state.key === source.key ? state : fresh
}

/** What the body answers; the last answer stands until the next one is there. */
export function useAnswer<Method extends DocumentMethod>(
  document: OpenDocument,
  method: Method,
  input: DocumentInputs[Method],
  options: { enabled?: boolean; version?: number } = {},
) {
  const { enabled = true, version = 0 } = options
  return useQuery({
    queryKey: ['body answers', document.id, method, input, version],
    queryFn: () => document.ask(method, input),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    enabled,
    gcTime: 0,
    retry: false,
  })
}
