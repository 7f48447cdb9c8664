import { lazy } from 'react'
import type { BodyView } from '#renderer/body/view.ts'

/** A picture. */
export const imageView: BodyView = {
  id: 'image',
  name: 'Image',
  priority: ({ imageType }) => (imageType === null ? 0 : 85),
  needsDocument: false,
  finds: 'nothing',
  Component: lazy(async () => ({ default: (await import('./picture.tsx')).Picture })),
}
