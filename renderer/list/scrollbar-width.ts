import { useEffect, useState, type RefObject } from 'react'

/** Width of an element's vertical scrollbar in pixels, so that heads above it stay in line. */
export function useScrollbarWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const observed = element.current
    if (!observed) return undefined
    const observer = new ResizeObserver(() => setWidth(observed.offsetWidth - observed.clientWidth))
    observer.observe(observed)
    return () => observer.disconnect()
  })
  return width
}
