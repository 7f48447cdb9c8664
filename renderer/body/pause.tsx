import { useEffect, useState, type ReactNode } from 'react'

/** What is shorter than this is not announced: words that flash are worse than none. */
const NOTICED_MS = 200

/** Says what is being waited for, once it takes long enough to be noticed. */
export function Pause({ children }: { children: ReactNode }) {
  const [noticed, setNoticed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setNoticed(true), NOTICED_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p role="status" className="p-4 text-ink-3">
      {noticed ? children : null}
    </p>
  )
}
