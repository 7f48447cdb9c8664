import { lazy } from 'react'
import { isMediaType } from '#renderer/body/body-facts.ts'
import type { BodyView } from '#renderer/body/view.ts'

/** JSON laid out; of any other text it says where that stops being JSON. */
export const jsonView: BodyView = {
  id: 'json',
  name: 'JSON',
  priority: (facts) => {
    if (facts.binary) return 0
    if (facts.json && !facts.boundary) return 80
    return isMediaType(facts, /[/+]json$/) && !facts.imageType && !facts.xml ? 80 : 1
  },
  needsDocument: true,
  finds: 'text',
  Component: lazy(async () => ({ default: (await import('./text-forms.tsx')).JsonText })),
}
