import { useEffect, useRef } from 'react'
import { CheckForm } from './check-form.tsx'
import { CheckReport } from './check-report.tsx'
import { EarlierChecks } from './earlier-checks.tsx'
import { checkGroups, groupWords } from './outcome-words.ts'
import { useChecking } from './use-checking.ts'

/** What it is, while nothing was run. */
function Teach() {
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col gap-4 px-8 py-12">
      <h2 className="text-lg font-semibold">Does your handler refuse what it should?</h2>
      <p className="text-ink-2">
        The check sends your own webhook handler dozens of deliveries, built by the provider’s rule:
        right ones, forged ones, old ones, odd ones. It tells which protections the handler really
        has, and how to add those that are missing.
      </p>
      <dl className="flex flex-col gap-2">
        {checkGroups.map((group) => (
          <div key={group} className="grid grid-cols-[6rem_1fr] gap-3">
            <dt className="font-medium">{groupWords[group].name}</dt>
            <dd className="text-ink-2">{groupWords[group].sentence}</dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-2">
        Run it against a handler for tests: what is right it will carry out.
      </p>
    </div>
  )
}

/** Runs a battery against a person's own handler and tells what it is worth. */
export function CheckPage({ checkId }: { checkId: number | null }) {
  const checking = useChecking(checkId)
  const { report, problem } = checking
  const page = useRef<HTMLDivElement>(null)
  const result = useRef<HTMLElement>(null)
  useEffect(() => {
    // In a narrow window the report stands below the form.
    if (checkId === null || !page.current || !result.current) return
    page.current.scrollTo({ top: result.current.offsetTop - page.current.offsetTop })
  }, [checkId])
  return (
    <div
      ref={page}
      className="grid min-h-0 min-w-0 flex-1 grid-cols-1 overflow-y-auto bg-surface lg:grid-cols-[20rem_1fr] lg:overflow-hidden"
    >
      <section aria-label="Set up" className="flex flex-col gap-6 px-5 py-5 lg:overflow-y-auto">
        <h1 className="text-xl font-semibold">Endpoint check</h1>
        <CheckForm checking={checking} />
        <EarlierChecks chosen={checkId} />
      </section>
      <section
        aria-label="Report"
        ref={result}
        className="min-w-0 border-line bg-canvas max-lg:border-t lg:overflow-y-auto lg:border-l"
      >
        {checkId !== null && <h2 className="sr-only">Report</h2>}
        {problem !== null && <p className="selectable p-6 text-red">{problem}</p>}
        {checkId === null && <Teach />}
        {report && <CheckReport report={report} onRunAgain={() => checking.runAgain(report)} />}
      </section>
    </div>
  )
}
