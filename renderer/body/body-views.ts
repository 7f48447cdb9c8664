import { formView } from './views/form.ts'
import { hexView } from './views/hex.ts'
import { imageView } from './views/image.ts'
import { jsonView } from './views/json.ts'
import { multipartView } from './views/multipart.ts'
import { textView } from './views/text.ts'
import { treeView } from './views/tree.ts'
import { xmlView } from './views/xml.ts'
import type { BodyFacts } from './body-facts.ts'
import type { BodyView } from './view.ts'

/** Every way to look at a body, in the order in which they are offered. */
export const bodyViews: readonly BodyView[] = [
  imageView,
  multipartView,
  formView,
  xmlView,
  jsonView,
  treeView,
  textView,
  hexView,
]

/** The views that suit a body in their order, and the one that suits it best. */
export function viewsFor(facts: BodyFacts): { offered: BodyView[]; best: BodyView } {
  const offered = bodyViews.filter((view) => view.priority(facts) > 0)
  const best = offered.reduce(
    (found, view) => (view.priority(facts) > found.priority(facts) ? view : found),
    hexView,
  )
  return { offered, best }
}
