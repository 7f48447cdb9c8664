import { safe } from '@orpc/client'
import type { ApiClient } from '#contract/client.ts'
import type { Batch } from '#contract/replay.ts'
import type { Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure } from '#cli/failure.ts'
import { type AskedReplay, refusal, type ReplayOptions } from '#cli/replay-options.ts'

/** How often it is asked for what has ended. */
const LOOK_EVERY_MS = 100

/** One line of the results: what the contract's NDJSON holds. */
interface Result {
  deliveryId: number
  method: string
  target: string
  status: number | null
  error: string | null
  totalMs: number | null
}

/** Sends several deliveries again: a line as each ends, then what came of them all. */
export async function replayMany(
  context: Context,
  client: ApiClient,
  ids: readonly number[],
  options: ReplayOptions,
  asked: AskedReplay,
): Promise<void> {
  const { concurrency, stopOnFailure = false, rate, gaps } = options
  const pace = rate ?? (gaps === true ? ({ kind: 'gaps', speed: 1 } as const) : gaps)
  const selection = options.query === undefined ? { ids: [...ids] } : await found(client, options)
  const stop = AbortSignal.any([context.stopSignal(), context.output.gone])
  const { error, data } = await safe(
    client.batches.create({
      ...{ ...asked, selection, concurrency, stopOnFailure },
      ...(pace && { pace }),
    }),
  )
  if (error) throw refusal(error)
  const batch = await follow(context, client, data.id, options, stop)
  if (options.json) context.output.json({ event: 'summary', ...batch })
  else for (const line of summaryLines(batch)) context.output.line(line)
  if (batch.state !== 'done' || batch.failed > 0) {
    const failed = batch.failed === 0 ? '' : ` ${batch.failed} of ${batch.sent} failed.`
    const ended = batch.state === 'done' ? '' : ` ${ENDED[batch.state] ?? ''}`
    throw runtimeFailure(`${ended}${failed}`.trim())
  }
}

const ENDED: Partial<Record<Batch['state'], string>> = {
  cancelled: 'It was cancelled.',
  stopped: 'It stopped early.',
  interrupted: 'It was interrupted.',
}

/** What arrives from now on is not meant. */
async function found(client: ApiClient, { query = '' }: ReplayOptions) {
  const [newest] = (await client.deliveries.list({ limit: 1 })).rows
  return { filter: { query }, upToId: newest?.id ?? 0, exceptIds: [] }
}

/** Prints results in the order of sending until all are there; a stop cancels and prints the rest. */
async function follow(
  context: Context,
  client: ApiClient,
  id: number,
  options: ReplayOptions,
  stop: AbortSignal,
): Promise<Batch> {
  let afterId = 0
  let cancelled = false
  for (;;) {
    const page = await client.batches.results({ id, format: 'ndjson', afterId })
    for (const line of page.text.split('\n')) if (line !== '') print(context, options, line)
    if (page.next === null) return client.batches.get({ id })
    if (page.next === afterId) await pause(LOOK_EVERY_MS, cancelled ? null : stop)
    afterId = page.next
    if (stop.aborted && !cancelled) {
      cancelled = true
      await client.batches.cancel({ id })
    }
  }
}

function pause(ms: number, stop: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stop?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (stop?.aborted) end()
    else stop?.addEventListener('abort', end)
  })
}

function print({ output }: Context, { json }: ReplayOptions, line: string): void {
  const result: Result = JSON.parse(line)
  if (json) {
    output.json({ event: 'replay', ...result })
    return
  }
  const { deliveryId, method, target, status, error, totalMs } = result
  const what = escapeTerminal(`${deliveryId}  ${method} ${target}`)
  const time = totalMs === null ? '' : ` in ${Math.round(totalMs)} ms`
  output.line(
    status === null ? `${what}  ${escapeTerminal(error ?? '')}` : `${what}  ${status}${time}`,
  )
}

function summaryLines(batch: Batch): string[] {
  const { sent, total, outcomes, latencyMs, detail } = batch
  const each = outcomes
    .map(({ outcome, count }) => `${count.toLocaleString('en-US')} × ${outcome}`)
    .join(', ')
  const count = `${sent.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} sent`
  return [
    `${count}${each === '' ? '' : `: ${each}`}`,
    ...(latencyMs ? [latencyLine(latencyMs)] : []),
    ...(detail === null ? [] : [escapeTerminal(detail)]),
  ]
}

function latencyLine({ p50, p95, p99, max }: NonNullable<Batch['latencyMs']>): string {
  const told = [
    ['half within', p50],
    ['95 % within', p95],
    ['99 % within', p99],
    ['longest', max],
  ] as const
  return told.map(([what, ms]) => `${what} ${readable(ms)} ms`).join(', ')
}

function readable(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en-US')
}
