import { useEffect, useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { client } from '#renderer/app/api.ts'
import { pathsOf } from './body-paths.ts'

const MOST_BYTES = 64 * 1024

/** Paths that a delivery's JSON body has; none where it has none. */
export function useBodyPaths(delivery: Delivery | null): readonly string[] {
  const [paths, setPaths] = useState<readonly string[]>([])
  const id = delivery?.id ?? null
  const readable = delivery !== null && delivery.bodyByteLength <= MOST_BYTES
  useEffect(() => {
    if (id === null || !readable) return undefined
    let gone = false
    const read = async () => {
      const body = await client.deliveries.body({ id, decoded: true })
      const found = pathsOf(await body.text())
      if (!gone) setPaths(found)
    }
    // Without them paths are typed.
    read().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [id, readable])
  return paths
}
