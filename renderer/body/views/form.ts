import { lazy } from 'react'
import { isMediaType } from '#renderer/body/body-facts.ts'
import type { BodyView } from '#renderer/body/view.ts'

/** A form as a table of its fields. */
export const formView: BodyView = {
  id: 'form',
  name: 'Form',
  priority: (facts) => {
    if (facts.binary || facts.json) return 0
    return isMediaType(facts, /^application\/x-www-form-urlencoded$/) ? 90 : facts.form ? 50 : 0
  },
  needsDocument: true,
  finds: 'text',
  Component: lazy(async () => ({ default: (await import('./form-table.tsx')).FormTable })),
}
