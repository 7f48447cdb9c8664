import { lazy, Suspense } from 'react'
import type { TextSlice } from '#renderer/body/document/body-document.ts'
import { Pause } from '#renderer/body/pause.tsx'

/** A stretch of the whole text that stands out. */
export interface CodeMark {
  kind: 'match' | 'current' | 'repeated' | 'problem'
  from: number
  to: number
}

export interface CodeWindowProps {
  slice: TextSlice
  language: 'json' | 'xml' | null
  label: string
  marks: CodeMark[]
  /** Goes there whenever it changes. */
  reveal: number | null
  /** Where the cursor stands, in the whole text. */
  onCursor: (offset: number) => void
}

const CodeMirrorWindow = lazy(() => import('./code-mirror-window.tsx'))

/** A stretch of a long text, read only. */
export function CodeWindow(props: CodeWindowProps) {
  return (
    <Suspense fallback={<Pause>Opening…</Pause>}>
      {/* A language is set when an editor is made. */}
      <CodeMirrorWindow key={`${props.label} ${props.language ?? ''}`} {...props} />
    </Suspense>
  )
}
