import { lazy } from 'react'
import type { BodyView } from '#renderer/body/view.ts'

/** The parts of a multipart body, each to be opened. */
export const multipartView: BodyView = {
  id: 'multipart',
  name: 'Parts',
  priority: ({ boundary }) => (boundary === null ? 0 : 95),
  needsDocument: true,
  finds: 'text',
  Component: lazy(async () => ({ default: (await import('./part-list.tsx')).PartList })),
}
