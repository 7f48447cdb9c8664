import { useIsMutating, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '#renderer/app/api.ts'
import { takeKeymap } from './keymap-store.ts'

/**
 * Follows the keymap file, as the engine read it; while a change of ours is being saved, the change
 * holds. Without an answer the defaults hold.
 */
export function useKeymap(): void {
  const keymap = useQuery(api.settings.keymap.queryOptions()).data?.keymap
  const saving = useIsMutating({ mutationKey: api.settings.setKeymap.mutationKey() }) > 0
  useEffect(() => {
    if (keymap && !saving) takeKeymap(keymap)
  }, [keymap, saving])
}
