import type { FilterProblem } from '#contract/filter/filter.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'

/** In place of rows where a link brought a filter that cannot be read. */
export function UnreadableFilter({ problem }: { problem: FilterProblem }) {
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto p-8">
      <div className="flex w-full max-w-md flex-col items-start gap-4">
        <h2 className="text-xl font-semibold">The filter cannot be read</h2>
        <p className="wrap-anywhere text-ink-2">{problem.sentence}</p>
        <Button onPress={() => go({ query: '' })}>Show everything</Button>
      </div>
    </div>
  )
}
