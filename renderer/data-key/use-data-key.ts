import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { DataKey } from '#contract/data-key.ts'
import type { Status } from '#contract/status.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { openDialog, showDialog } from '#renderer/app/dialogs.ts'

/** The data key and the ways to open it; `undefined` until the engine has said. */
export function useDataKey(): DataKey | undefined {
  return useQuery(api.dataKey.get.queryOptions()).data
}

/** What was changed stands on the screen at once; everything that is sealed is asked for anew. */
export async function dataKeyChanged(dataKey: DataKey): Promise<void> {
  queryClient.setQueryData(api.dataKey.get.queryKey(), dataKey)
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.status.get.key() }),
    queryClient.invalidateQueries({ queryKey: api.endpoints.key() }),
  ])
}

/** Tries the slots that need no person again, and adds those that need nothing to be typed. */
export function useTryAgain() {
  return useMutation(api.dataKey.unlock.mutationOptions({ onSuccess: dataKeyChanged }))
}

let asked = false

/** Asks for the passphrase once, when the page comes up on a locked data key. */
export function useUnlockAtStart(status: Status | undefined): void {
  const wanted = status?.secrets.state === 'locked' && status.secrets.slots.includes('passphrase')
  useEffect(() => {
    if (!wanted || asked || openDialog() !== null) return
    asked = true
    showDialog({ kind: 'data-key', task: 'unlock' })
  }, [wanted])
}
