import type { NewExport } from '#contract/transfer.ts'
import type { ReadThread } from '#engine/judging/read-pool.ts'
import type { ExportTarget } from './export-steps.ts'
import { failed, type Job } from './job.ts'
import type { ExportContext } from './open-writer.ts'

export interface ExportRun {
  job: Job
  file: string
  target: ExportTarget
  request: Pick<NewExport, 'format' | 'target' | 'url' | 'redaction' | 'credentials'>
  context: ExportContext
  thread: Pick<ReadThread, 'run'>
}

/** Has an export written by the worker, step by step, until it ends or is cancelled. */
export async function runExport({ job, thread, ...begin }: ExportRun): Promise<void> {
  const { file, target, request, context } = begin
  const { id } = job.transfer
  try {
    let step = await thread.run('exportStep', {
      job: id,
      begin: { file, target, request, context },
    })
    for (;;) {
      const { done, byteLength, warnings, throwawaySecrets, fileExtension } = step
      const name = job.transfer.name.replace(/(\.\w+)?$/, `.${fileExtension}`)
      job.set({ done, byteLength, warnings, throwawaySecrets, name })
      if (step.ended) break
      step = await thread.run('exportStep', { job: id, stop: job.signal.aborted })
    }
    if (job.signal.aborted) job.set({ state: 'cancelled' })
    else job.set({ state: 'done', total: step.done })
  } catch (error) {
    failed(job, `The export stopped: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
