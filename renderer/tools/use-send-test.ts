import { useMutation } from '@tanstack/react-query'
import { api } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'

/** Sends a test webhook to an endpoint (`null`: the catch-all) and opens it when it is there. */
export function useSendTest() {
  return useMutation(
    api.tools.sendTest.mutationOptions({
      onSuccess: ({ deliveryId }) => go({ deliveryId }),
    }),
  )
}
