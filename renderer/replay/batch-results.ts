import { client } from '#renderer/app/api.ts'
import { platform } from '#renderer/platform/platform.ts'

const types = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const

/** Reads the results of a bulk replay page by page and lets the person keep them as a file. */
export async function saveResults(id: number, format: keyof typeof types): Promise<void> {
  const parts: string[] = []
  for (let afterId: number | null = 0; afterId !== null;) {
    const page: { text: string; next: number | null } = await client.batches.results({
      id,
      format,
      afterId,
    })
    parts.push(page.text)
    // Of one that still runs, what has not come yet is not waited for.
    afterId = page.next === afterId ? null : page.next
  }
  const contents = new Blob(parts, { type: types[format] })
  await platform.saveFile(`bulk-replay-${id}.${format}`, contents)
}

/** More than so many are not sent again at once: a selection has no more. */
const MOST_AGAIN = 10_000
const PAGE = 100

/** The deliveries whose replay failed, oldest first. */
export async function failedDeliveries(batchId: number): Promise<number[]> {
  const ids = new Set<number>()
  for (let beforeId: number | undefined; ids.size < MOST_AGAIN;) {
    const page = await client.replays.list({
      batchId,
      failed: true,
      limit: PAGE,
      ...(beforeId === undefined ? {} : { beforeId }),
    })
    for (const { deliveryId } of page) if (deliveryId !== null) ids.add(deliveryId)
    beforeId = page.at(-1)?.id
    if (page.length < PAGE || beforeId === undefined) break
  }
  return [...ids].sort((a, b) => a - b)
}
