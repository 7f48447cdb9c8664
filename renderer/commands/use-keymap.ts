import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '#renderer/app/api.ts'
import { takeKeymap } from './keymap-store.ts'

/** Follows the keymap file, as the engine read it. Without an answer the defaults hold. */
export function useKeymap(): void {
  const keymap = useQuery(api.settings.keymap.queryOptions()).data?.keymap
  useEffect(() => {
    if (keymap) takeKeymap(keymap)
  }, [keymap])
}
