import type { ComponentType } from 'react'
import type { BodyFacts } from './body-facts.ts'
import type { BodySource } from './body-source.ts'
import type { OpenDocument } from './document/open-document.ts'
import type { Find } from './find-state.ts'

/** One way to look at a body: a name, how well it suits, and what draws it. */
export interface BodyView {
  readonly id: string
  readonly name: string
  /** How well it suits this body; 0: not offered. The highest is shown first. */
  priority(facts: BodyFacts): number
  /** Needs the whole body, read into a document; otherwise ranges of it are enough. */
  readonly needsDocument: boolean
  /** Whether something can be found in it, and whether as bytes. */
  readonly finds: 'text' | 'bytes' | 'nothing'
  readonly Component: ComponentType<ViewProps>
}

export interface ViewProps {
  source: BodySource
  facts: BodyFacts
  /** The body once it is read; `null` for views that do not need it, until something is looked for. */
  document: OpenDocument | null
  find: Find
}
