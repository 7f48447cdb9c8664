import { lazy } from 'react'
import type { BodyView } from '#renderer/body/view.ts'

/** Bytes as they are. */
export const hexView: BodyView = {
  id: 'hex',
  name: 'Hex',
  priority: ({ binary }) => (binary ? 20 : 1),
  needsDocument: false,
  finds: 'bytes',
  Component: lazy(async () => ({ default: (await import('./hex-view.tsx')).HexView })),
}
