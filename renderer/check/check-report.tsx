import { useMutation } from '@tanstack/react-query'
import { Download, Play, Square } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import type { CheckGroup, CheckReport as Report } from '#contract/check.ts'
import { client } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatDuration, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { CheckResultLine } from './check-result.tsx'
import {
  countOf,
  groupsInOrder,
  groupWords,
  outcomeLooks,
  resultsOf,
  summarySentence,
} from './outcome-words.ts'

const formats = [
  { id: 'html', name: 'HTML' },
  { id: 'json', name: 'JSON' },
  { id: 'junit', name: 'JUnit' },
] as const

/** The report as a file to hand on; it holds no secret. */
function SaveReport({ report }: { report: Report }) {
  const save = useMutation({
    mutationFn: async (format: (typeof formats)[number]['id']) => {
      const { name, mediaType, text } = await client.checks.report({ id: report.id, format })
      await platform.saveFile(name, new Blob([text], { type: mediaType }))
    },
  })
  return (
    <div role="group" aria-label="Save the report" className="flex items-center gap-1">
      {save.error && <span className="text-sm text-red">{errorSentence(save.error)}</span>}
      {formats.map(({ id, name }) => (
        <Button key={id} small icon={Download} onPress={() => save.mutate(id)}>
          {name}
        </Button>
      ))}
    </div>
  )
}

function Progress({ report }: { report: Report }) {
  return (
    <ProgressBar
      aria-label="Cases asked"
      value={report.results.length}
      maxValue={Math.max(report.total, 1)}
    >
      {({ percentage }) => (
        <div className="h-1 overflow-hidden rounded-full bg-line">
          <div className="h-full rounded-full bg-accent" style={{ width: `${percentage ?? 0}%` }} />
        </div>
      )}
    </ProgressBar>
  )
}

function Summary({ report }: { report: Report }) {
  const failed = countOf(report.results, 'failed')
  const bad = failed > 0 || report.state === 'failed'
  const look = outcomeLooks[bad ? 'failed' : 'passed']
  const Icon = look.icon
  const running = report.state === 'running'
  return (
    <p
      role="status"
      className={`flex items-center gap-2 text-lg font-semibold ${running && !bad ? 'text-ink' : look.text}`}
    >
      {!(running && !bad) && <Icon size={18} strokeWidth={2.25} aria-hidden />}
      {summarySentence(report)}
    </p>
  )
}

function Group({ report, group }: { report: Report; group: CheckGroup }) {
  const results = resultsOf(report, group)
  if (results.length === 0) return null
  const { name, sentence } = groupWords[group]
  const failed = countOf(results, 'failed')
  return (
    <section aria-label={name} className="flex flex-col gap-1.5">
      <div className="flex items-baseline gap-2">
        <h3 className="font-semibold">{name}</h3>
        <span className="text-sm text-ink-3">{sentence}</span>
        <span className="flex-1" />
        <span className="text-sm text-ink-2">
          {failed > 0 && <span className="font-medium text-red">{failed} failed, </span>}
          {countOf(results, 'passed')} passed
        </span>
      </div>
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        {results.map((result) => (
          <CheckResultLine key={result.id} result={result} />
        ))}
      </div>
    </section>
  )
}

interface Props {
  report: Report
  onRunAgain: () => void
}

/** How a handler did: in one sentence, then case by case. */
export function CheckReport({ report, onRunAgain }: Props) {
  const cancel = useMutation({ mutationFn: () => client.checks.cancel({ id: report.id }) })
  const running = report.state === 'running'
  const took = report.endedAtMs === null ? null : report.endedAtMs - report.startedAtMs
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-5 px-6 py-5">
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Summary report={report} />
          <span className="flex-1" />
          {running ? (
            <Button small icon={Square} onPress={() => cancel.mutate()}>
              Cancel
            </Button>
          ) : (
            <>
              <Button small icon={Play} onPress={onRunAgain}>
                Run again
              </Button>
              <SaveReport report={report} />
            </>
          )}
        </div>
        {running && <Progress report={report} />}
        <p className="flex flex-wrap gap-x-2 text-sm text-ink-3">
          <span className="wire text-ink-2">{visibleStart(report.url, 300)}</span>
          <span>{report.schemeName},</span>
          <span>{formatLocal(report.startedAtMs)}</span>
          {took !== null && <span>in {formatDuration(took)}</span>}
        </p>
      </div>
      {groupsInOrder(report).map((group) => (
        <Group key={group} report={report} group={group} />
      ))}
    </div>
  )
}
