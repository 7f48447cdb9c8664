import { api, queryClient } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { showToast } from '#renderer/status/toast-store.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatDuration } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { compareWithOriginal } from './compare-original.ts'
import { freshDraft, keptDraft } from './replay-draft.ts'
import { sendReplay } from './send-replay.ts'
import { lastOptions } from './sending-options.ts'

const sending = new Set<number>()

/**
 * Sends a delivery with what it was sent with last, or others of its endpoint were, and tells what
 * came of it. Where nothing was sent before, the dialog opens.
 */
export async function replayAgain(deliveryId: number): Promise<void> {
  if (sending.has(deliveryId)) return
  sending.add(deliveryId)
  try {
    const options = api.deliveries.get.queryOptions({ input: { id: deliveryId } })
    const delivery = await queryClient.fetchQuery(options)
    const last = lastOptions(delivery.endpointId)
    const draft = keptDraft(deliveryId) ?? (last && freshDraft(delivery, last))
    if (!draft) return showDialog({ kind: 'replay', deliveryId })
    const replay = await sendReplay(delivery, draft)
    const target = visibleStart(draft.url.trim(), 80)
    const took = replay.timings ? ` in ${formatDuration(replay.timings.totalMs)}` : ''
    const { answer } = replay
    showToast({
      sentence: answer
        ? `${target} answered ${answer.status} ${visibleStart(answer.statusMessage, 40)}${took}.`
        : visibleStart(replay.error ?? `${target} has not answered yet.`, 300),
      tone: answer && answer.status < 400 ? 'good' : 'bad',
      action: { name: 'Show', run: () => compareWithOriginal(deliveryId, replay.id) },
    })
  } catch (error) {
    showToast({ sentence: errorSentence(error), tone: 'bad' })
  } finally {
    sending.delete(deliveryId)
  }
}
