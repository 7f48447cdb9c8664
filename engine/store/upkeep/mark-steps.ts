import type { MarkChange } from '#contract/selection.ts'
import { createStepSize, type Lock } from './lock.ts'
import type { MarksWriter } from './marks-writer.ts'
import type { Task } from './task.ts'

interface Slice {
  ids: readonly number[]
  change: MarkChange
  at: number
  done(): void
  failed(error: unknown): void
}

/** Marks on many deliveries, some in each transaction. */
export function markSteps(
  marks: MarksWriter,
  lock: Lock,
  onMarked: () => void,
): { task: Task; add(ids: readonly number[], change: MarkChange): Promise<void> } {
  const slices: Slice[] = []
  const size = createStepSize(10, 200, 5_000)
  const step = (slice: Slice): number => {
    const ids = slice.ids.slice(slice.at, slice.at + size.amount)
    const heldMs = lock.run(() => marks.apply(ids, slice.change))
    slice.at += ids.length
    size.learn(ids.length, heldMs)
    if (slice.at < slice.ids.length) return heldMs
    slices.shift()
    onMarked()
    slice.done()
    return heldMs
  }
  return {
    add: (ids, change) =>
      new Promise((done, failed) => {
        slices.push({ ids, change, at: 0, done, failed })
      }),
    task: {
      name: 'removal',
      due: () => slices.length > 0,
      waits: () => false,
      share: () => 0.5,
      async step() {
        const [slice] = slices
        if (slice === undefined) return 0
        try {
          return step(slice)
        } catch (error) {
          // Whoever asked hears of it.
          slices.shift()
          slice.failed(error)
          return 0
        }
      },
    },
  }
}
