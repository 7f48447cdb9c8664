import { FileUp, Undo2, WandSparkles } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { maskedBodyText } from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import { MOST_EDITED_BYTES } from '#contract/replay.ts'
import { layOutJson } from '#renderer/body/document/json-layout.ts'
import { parseJson, type JsonResult } from '#renderer/body/json-parse.ts'
import { Pause } from '#renderer/body/pause.tsx'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { LONGEST_TEXT } from '#renderer/diff/read-pair.ts'
import { useSchemeOf } from '#renderer/detail/use-scheme-of.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import type { DraftBody } from './replay-draft.ts'
import {
  contentTypeOf,
  LONGEST_EDITED,
  READ_AT_ONCE,
  useCapturedBody,
  type CapturedBody,
} from './use-captured-body.ts'

const BodyCode = lazy(() => import('./body-code.tsx'))
const MergeText = lazy(() => import('#renderer/diff/merge-text.tsx'))

interface Props {
  delivery: Delivery
  body: DraftBody
  onChange: (body: DraftBody) => void
}

type Mode = 'json' | 'text' | 'changes'

/** What was pressed goes away with what stood around it: on from the same button elsewhere. */
function focusReplace(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[data-replace-body]')?.focus()
  })
}

/** A file in place of the body, or the captured one again. */
function Replace({ body, onChange }: Pick<Props, 'body' | 'onChange'>) {
  const [problem, setProblem] = useState<string | null>(null)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (!file) return
    const tooLarge = file.size > MOST_EDITED_BYTES
    setProblem(
      tooLarge ? `A body that is sent has at most ${formatSize(MOST_EDITED_BYTES)}.` : null,
    )
    if (tooLarge) return
    onChange({ kind: 'file', name: file.name, bytes: file })
    focusReplace()
  }
  const putBack = () => {
    onChange({ kind: 'captured' })
    focusReplace()
  }
  return (
    <>
      {problem !== null && (
        <span role="alert" className="text-sm text-red">
          {problem}
        </span>
      )}
      {body.kind !== 'captured' && (
        <Button small kind="quiet" icon={Undo2} onPress={putBack}>
          As captured
        </Button>
      )}
      <FileTrigger onSelect={take}>
        <Button small icon={FileUp} data-replace-body>
          Replace by a file…
        </Button>
      </FileTrigger>
    </>
  )
}

function Remark(props: Props & { children: React.ReactNode; action?: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 px-5 py-4">
      <p className="max-w-prose text-ink-2">{props.children}</p>
      <div className="flex items-center gap-2">
        {props.action}
        <Replace body={props.body} onChange={props.onChange} />
      </div>
    </div>
  )
}

/** The body that goes out: captured, edited as text, or a file. */
export function BodyEditor(props: Props) {
  const { delivery, body, onChange } = props
  const { bodyByteLength } = delivery
  const [asked, setAsked] = useState(bodyByteLength <= READ_AT_ONCE)
  const wanted = body.kind !== 'file' && (asked || body.kind === 'text')
  const { data, error } = useCapturedBody(delivery, wanted)
  const scheme = useSchemeOf(delivery.id)
  const [revealed, setRevealed] = useState(body.kind === 'text')
  if (body.kind === 'file') {
    return (
      <Remark {...props}>
        <span className="wire">{visibleStart(body.name, 200)}</span>, {formatBytes(body.bytes.size)}
        , goes out instead of the captured {formatBytes(bodyByteLength)}.
      </Remark>
    )
  }
  if (bodyByteLength > LONGEST_EDITED) {
    return (
      <Remark {...props}>
        The body has {formatSize(bodyByteLength)}, more than is edited as text (
        {formatSize(LONGEST_EDITED)}). It goes out as captured.
      </Remark>
    )
  }
  if (!wanted) {
    return (
      <Remark
        {...props}
        action={
          <Button small onPress={() => setAsked(true)}>
            Edit it
          </Button>
        }
      >
        The body has {formatSize(bodyByteLength)} and is not read yet. It goes out as captured.
      </Remark>
    )
  }
  if (error) return <p className="selectable px-5 py-4 text-red">{errorSentence(error)}</p>
  if (!data) return <Pause>Reading {formatSize(bodyByteLength)}…</Pause>
  if (data.binary) {
    return (
      <Remark {...props}>
        {formatBytes(bodyByteLength)} that are no text
        {delivery.contentEncoding === null ? '' : ` (${delivery.contentEncoding})`}. They go out as
        captured.
      </Remark>
    )
  }
  if (!revealed && maskedBodyText(data.text, scheme) !== data.text) {
    return (
      <Remark
        {...props}
        action={
          <Button small onPress={() => setRevealed(true)}>
            Reveal it to edit
          </Button>
        }
      >
        The body holds a credential, which is not shown. It goes out as captured.
      </Remark>
    )
  }
  const edit = (text: string) =>
    onChange(text === data.text ? { kind: 'captured' } : { kind: 'text', text })
  const text = body.kind === 'text' ? body.text : data.text
  const looksJson =
    /[/+]json\b/i.test(contentTypeOf(delivery) ?? '') || /^\uFEFF?\s*[[{]/.test(data.text)
  return <TextEditor {...props} captured={data} text={text} looksJson={looksJson} onEdit={edit} />
}

interface TextProps extends Props {
  captured: CapturedBody
  text: string
  looksJson: boolean
  onEdit: (text: string) => void
}

/** What JSON there is in the text; `null`: it is too long to look while one types. */
function useJson(text: string, wanted: boolean): JsonResult | null {
  const settled = useDeferredValue(text)
  return useMemo(
    () => (wanted && settled.length <= LONGEST_TEXT ? parseJson(settled) : null),
    [settled, wanted],
  )
}

function TextEditor({ captured, text, looksJson, body, onEdit, onChange }: TextProps) {
  const usual = looksJson ? 'json' : 'text'
  const [chosen, setMode] = useState<Mode>(usual)
  const mode = chosen === 'changes' && body.kind === 'captured' ? usual : chosen
  const [target, setTarget] = useState<{ at: number } | null>(null)
  const parsed = useJson(text, mode === 'json')
  const problem = parsed && !parsed.ok ? parsed.problem : null
  const layOut = () => {
    const laidOut = parsed?.ok ? layOutJson(parsed.root) : null
    if (laidOut) onEdit(laidOut.text)
  }
  const comparable = Math.max(text.length, captured.text.length) <= LONGEST_TEXT
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line px-4 py-2">
        <Segments
          label="Edit the body as"
          value={mode}
          onChange={setMode}
          options={[
            { id: 'json', name: 'JSON' },
            { id: 'text', name: 'Text' },
            { id: 'changes', name: 'Changes', disabled: body.kind === 'captured' || !comparable },
          ]}
        />
        {mode === 'json' && (
          <Button small kind="quiet" icon={WandSparkles} isDisabled={!parsed?.ok} onPress={layOut}>
            Lay out
          </Button>
        )}
        <span className="flex flex-1 flex-wrap items-center justify-end gap-2">
          <Replace body={body} onChange={onChange} />
        </span>
      </div>
      <Suspense fallback={<Pause>Opening…</Pause>}>
        {mode === 'changes' ? (
          <div className="min-h-0 flex-1 overflow-auto">
            <MergeText
              a={captured.text}
              b={text}
              labels={['Captured body', 'Body that goes out']}
              json={looksJson}
            />
          </div>
        ) : (
          <BodyCode
            text={text}
            asJson={mode === 'json'}
            label="Body to send"
            problemAt={problem?.offset ?? null}
            target={target}
            onChange={onEdit}
          />
        )}
      </Suspense>
      <div
        role="status"
        className="flex min-h-8 shrink-0 items-center gap-3 border-t border-line px-4 py-1 text-sm text-ink-3"
      >
        {mode === 'json' && parsed?.ok && <span>JSON without a mistake.</span>}
        {mode === 'json' && problem && (
          <>
            <span className="selectable text-red">
              No JSON from line {problem.line}, column {problem.column}: {problem.sentence}
            </span>
            <Button small onPress={() => setTarget({ at: problem.offset })}>
              Go there
            </Button>
          </>
        )}
        <span className="flex-1" />
        <span>{body.kind === 'captured' ? 'As captured' : 'Edited'}</span>
      </div>
    </div>
  )
}
