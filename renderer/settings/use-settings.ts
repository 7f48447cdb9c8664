import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Settings, SettingsChange } from '#contract/settings.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { errorSentence } from '#renderer/words/errors.ts'

/** The settings as the engine has them; `undefined` until it has said. */
export function useSettings(): Settings | undefined {
  return useQuery(api.settings.get.queryOptions()).data
}

export type SaveState =
  { state: 'idle' | 'saving' | 'saved' } | { state: 'failed'; sentence: string }

/** How long “Saved” stands. */
const SAVED_MS = 2500

/** Changes settings at once and tells how that went. */
export function useSave(): {
  save: (change: SettingsChange, onSaved?: () => void) => void
  outcome: SaveState
  forget: () => void
} {
  const [outcome, setOutcome] = useState<SaveState>({ state: 'idle' })
  const update = useMutation(api.settings.update.mutationOptions())
  useEffect(() => {
    if (outcome.state !== 'saved') return undefined
    const timer = setTimeout(() => setOutcome({ state: 'idle' }), SAVED_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  return {
    outcome,
    forget: () => setOutcome({ state: 'idle' }),
    save: (change, onSaved) => {
      setOutcome({ state: 'saving' })
      update.mutate(change, {
        onSuccess: (settings) => {
          queryClient.setQueryData(api.settings.get.queryKey(), settings)
          setOutcome({ state: 'saved' })
          onSaved?.()
        },
        onError: (error) => setOutcome({ state: 'failed', sentence: errorSentence(error) }),
      })
    },
  }
}
