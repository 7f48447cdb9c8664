import { lazy } from 'react'
import type { BodyView } from '#renderer/body/view.ts'

/** The text as it came. */
export const textView: BodyView = {
  id: 'text',
  name: 'Text',
  priority: ({ binary }) => (binary ? 2 : 30),
  needsDocument: true,
  finds: 'text',
  Component: lazy(async () => ({ default: (await import('./text-forms.tsx')).PlainText })),
}
