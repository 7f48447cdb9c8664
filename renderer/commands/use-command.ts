import { useEffect, useLayoutEffect, useRef } from 'react'
import type { CommandId } from './command-list.ts'
import { register, tellCommands, type Registration } from './registry.ts'

/**
 * Gives an action its handler while the component is mounted: by its keys, in the palette and in
 * menus. Of several handlers the last mounted that is enabled answers; without one the action is
 * not offered and its keys are left to others.
 */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const held = useRef<Registration>({ run, enabled })
  useLayoutEffect(() => {
    held.current.run = run
  }, [run])
  useEffect(() => register(id, held.current), [id])
  useEffect(() => {
    if (held.current.enabled === enabled) return
    held.current.enabled = enabled
    tellCommands()
  }, [enabled])
}
