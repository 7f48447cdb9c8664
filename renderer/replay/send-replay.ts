import type { Delivery } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { withAllowedHost } from './allowed-host.ts'
import { replayInput, type ReplayDraft } from './replay-draft.ts'
import { keepOptions } from './sending-options.ts'

/** Sends one and remembers with what. Rejects where it cannot be sent, or a person says no. */
export async function sendReplay(delivery: Delivery, draft: ReplayDraft): Promise<Replay> {
  keepOptions(delivery.endpointId, draft)
  const input = replayInput(delivery.id, delivery, draft)
  const replay = await withAllowedHost(() => client.replays.create(input))
  await queryClient.invalidateQueries({ queryKey: api.replays.key() })
  return replay
}
