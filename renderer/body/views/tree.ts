import { lazy } from 'react'
import { isMediaType } from '#renderer/body/body-facts.ts'
import type { BodyView } from '#renderer/body/view.ts'

/** JSON as a tree that opens and closes. */
export const treeView: BodyView = {
  id: 'tree',
  name: 'Tree',
  priority: (facts) =>
    !facts.binary && (facts.json || isMediaType(facts, /[/+]json$/)) && !facts.xml ? 40 : 0,
  needsDocument: true,
  finds: 'text',
  Component: lazy(async () => ({ default: (await import('./json-tree.tsx')).JsonTree })),
}
