import { AlignLeft, FoldVertical, X } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react'
import { Pause } from '#renderer/body/pause.tsx'
import { Button } from '#renderer/controls/button.tsx'
import { formatBytes } from '#renderer/words/format.ts'
import type { Composing } from './use-composing.ts'
import { respaced } from './respaced.ts'
import { templateProblem } from './template-text.ts'

const TemplateCode = lazy(() => import('./template-code.tsx'))

/** Beyond this it is not looked through while one types. */
const LONGEST_CHECKED = 500_000

function isJsonType(headers: Composing['form']['headers']): boolean | null {
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value
  return type === undefined ? null : /[/+]json\b/i.test(type)
}

/** The body, a template: its values are offered while one writes, and what is wrong is marked. */
export function ComposeBody({ composing }: { composing: Composing }) {
  const { form, change } = composing
  const [target, setTarget] = useState<{ at: number } | null>(null)
  const text = form.body.kind === 'template' ? form.body.text : ''
  const settled = useDeferredValue(text)
  const asJson = isJsonType(form.headers) ?? /^\s*[[{]/.test(settled)
  const problem = useMemo(
    () =>
      settled === '' || settled.length > LONGEST_CHECKED ? null : templateProblem(settled, asJson),
    [settled, asJson],
  )
  const edit = (next: string) => change({ body: { kind: 'template', text: next } })
  if (form.body.kind === 'bytes') {
    const padding = /=*$/.exec(form.body.base64)?.[0].length ?? 0
    const bytes = (form.body.base64.length / 4) * 3 - padding
    return (
      <div className="flex flex-col items-start gap-3 px-5 py-4">
        <p className="text-ink-2">
          {formatBytes(bytes)} that are no text. They go out as they are.
        </p>
        <Button small icon={X} onPress={() => edit('')}>
          Write another body
        </Button>
      </div>
    )
  }
  return (
    <div className="flex min-h-64 flex-1 flex-col">
      <Suspense fallback={<Pause>Opening…</Pause>}>
        <TemplateCode
          text={text}
          asJson={asJson}
          label="Body to send"
          problemAt={problem?.at ?? null}
          target={target}
          onChange={edit}
        />
      </Suspense>
      <div
        role="status"
        className="flex min-h-8 shrink-0 items-center gap-3 border-t border-line px-4 py-1 text-sm text-ink-3"
      >
        {problem ? (
          <>
            <span className="selectable min-w-0 text-red">
              Line {problem.line}, column {problem.column}: {problem.sentence}
            </span>
            <Button small onPress={() => setTarget({ at: problem.at })}>
              Go there
            </Button>
          </>
        ) : (
          <span className="min-w-0 truncate">
            <code className="quoted">{'{{'}</code> offers values that are made up when it is sent.
          </span>
        )}
        <span className="flex-1" />
        {asJson && !problem && text !== '' && (
          <span className="flex">
            <Button small kind="quiet" icon={AlignLeft} onPress={() => edit(respaced(text, true))}>
              Lay out
            </Button>
            <Button
              small
              kind="quiet"
              icon={FoldVertical}
              onPress={() => edit(respaced(text, false))}
            >
              Compact
            </Button>
          </span>
        )}
      </div>
    </div>
  )
}
