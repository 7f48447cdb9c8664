import { useMutation, useQuery } from '@tanstack/react-query'
import { showToast } from '#renderer/status/toast-store.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { api, client } from './api.ts'

export interface Pausing {
  paused: boolean
  /** Something listens, or is paused and can go on. */
  possible: boolean
  turn: () => void
}

/** Pauses the listener, or lets it go on. */
export function usePause(): Pausing {
  const status = useQuery(api.status.get.queryOptions()).data
  const paused = status?.paused ?? false
  const { mutate, isPending } = useMutation({
    mutationFn: (pause: boolean) => client.listener[pause ? 'pause' : 'resume']({}),
    onError: (error) => showToast({ sentence: errorSentence(error), tone: 'bad' }),
  })
  const possible = !isPending && (paused || Boolean(status?.listening))
  return { paused, possible, turn: () => mutate(!paused) }
}
