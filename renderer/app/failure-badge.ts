import { maskedTarget } from '#contract/credentials.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { Failure } from '#renderer/platform/notice.ts'
import { platform } from '#renderer/platform/platform.ts'
import { formatClock } from '#renderer/words/format.ts'
import { failures, verdictLooks } from '#renderer/words/verdicts.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { client } from './api.ts'
import { onChange } from './changes.ts'

const NEWEST = 5
const AT_MOST_EVERY_MS = 1_000
/** What came from a file did not fail here and now. */
const view = { filter: { verdicts: failures, query: '-is:imported' } }

function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

async function newestId(): Promise<number> {
  const { rows } = await client.deliveries.list({ limit: 1 })
  return rows[0]?.id ?? 0
}

function failureOf(row: DeliveryRow): Failure {
  const where = visibleStart(row.endpointName ?? maskedTarget(row.target), 60)
  const text = [formatClock(row.receivedAtMs), where, verdictLooks[row.verdict].word].join('  ')
  return { deliveryId: row.id, text }
}

/** Counts the failures that came after a delivery, and shows them. */
async function showFailuresSince(id: number): Promise<void> {
  const { count } = await client.deliveries.tally({ ...view, before: { id } })
  const { rows } = await client.deliveries.list({ ...view, limit: NEWEST })
  const newest = rows.filter((row) => row.id > id).map(failureOf)
  platform.setBadge(count, newest)
}

/** Shows on the badge how many deliveries failed since the window was last looked at. */
export function installFailureBadge(): void {
  /** The newest delivery that is known of; `null`: nobody asked yet. */
  let newest: number | null = null
  /** What was there when the person looked away; `null`: they look, or it is not known yet. */
  let leftAt: number | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const refresh = () => {
    if (leftAt === null || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      // While the engine is away the badge stays as it is; what comes next draws it anew.
      if (leftAt !== null) showFailuresSince(leftAt).catch(() => undefined)
    }, AT_MOST_EVERY_MS)
  }
  const looked = () => {
    if (!isLookedAt()) {
      leftAt ??= newest
      return
    }
    leftAt = null
    platform.setBadge(0)
  }
  const startOver = async () => {
    newest = Math.max(newest ?? 0, await newestId())
    looked()
    refresh()
  }
  window.addEventListener('focus', looked)
  window.addEventListener('blur', looked)
  document.addEventListener('visibilitychange', looked)
  onChange((change) => {
    if (change === 'everything') {
      startOver().catch(() => undefined)
      return
    }
    newest = change.newestDeliveryId ?? newest
    if (change.arrived > 0 || change.judged || change.removed) refresh()
  })
}
