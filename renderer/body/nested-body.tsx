import { createContext, useContext, type ReactNode } from 'react'
import type { BodySource } from './body-source.ts'

/** Views that hold other bodies, such as the parts of a form, show them with this. */
const NestedBodyContext = createContext<(source: BodySource) => ReactNode>(() => null)

export const NestedBodyProvider = NestedBodyContext.Provider

export function NestedBody({ source }: { source: BodySource }) {
  return useContext(NestedBodyContext)(source)
}
