import { lazy } from 'react'
import { isMediaType } from '#renderer/body/body-facts.ts'
import type { BodyView } from '#renderer/body/view.ts'

/** Markup laid out, a line for each element. */
export const xmlView: BodyView = {
  id: 'xml',
  name: 'XML',
  priority: (facts) => {
    if (facts.binary || !facts.xml) return 0
    return isMediaType(facts, /html$/) ? 10 : 60
  },
  needsDocument: true,
  finds: 'text',
  Component: lazy(async () => ({ default: (await import('./text-forms.tsx')).XmlText })),
}
