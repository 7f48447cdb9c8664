import { useMemo, useState } from 'react'
import { matchAt, useReport } from '#renderer/body/find-state.ts'
import type { TextFacts, TextForm } from '#renderer/body/document/body-document.ts'
import { LARGEST_READ, type OpenDocument } from '#renderer/body/document/open-document.ts'
import { useAnswer } from '#renderer/body/document/use-document.ts'
import { Pause } from '#renderer/body/pause.tsx'
import type { ViewProps } from '#renderer/body/view.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { CodeWindow, type CodeMark } from './code-window.tsx'

/** So much is drawn at first, and so much more for each press: characters. */
const PAGE = 128 * 1024

interface Props extends ViewProps {
  form: TextForm
  label: string
}

/** A body as text, as it came or laid out: a window of it, with what is found in all of it. */
export function TextPane({ document, ...props }: Props) {
  return document ? <Facts document={document} {...props} /> : null
}

type Ready = Omit<Props, 'document'> & { document: OpenDocument }

function Facts(props: Ready) {
  const { document, form } = props
  const { data, error, isPlaceholderData } = useAnswer(document, 'facts', { form })
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (!data || isPlaceholderData) return <Pause>Laying it out…</Pause>
  return <Shown key={`${document.id} ${form}`} text={data} {...props} />
}

/** Which stretch of the text is drawn: it grows by hand, and goes to a match that is elsewhere. */
function useStretch(facts: TextFacts) {
  const first = facts.problem ? Math.max(0, facts.problem.offset - PAGE / 2) : 0
  const [stretch, setStretch] = useState({ from: first, to: first + PAGE })
  const goTo = (offset: number) => {
    const from = Math.max(0, offset - PAGE / 4)
    setStretch({ from, to: from + PAGE })
  }
  return { stretch, setStretch, goTo }
}

function useMatches({ document, form, find }: Ready) {
  const term = find.term ?? { text: '', matchCase: false, hex: false }
  const { data, isPlaceholderData } = useAnswer(
    document,
    'findText',
    { form, term },
    { enabled: find.term !== null },
  )
  const known = find.term !== null && data !== undefined && !isPlaceholderData
  const count = known ? data.ranges.length / 2 : 0
  useReport(find, known ? { count, capped: data.capped } : null)
  const at = known ? matchAt(find, count) : -1
  const start = at < 0 ? null : (data?.ranges[at * 2] ?? null)
  return { ranges: known ? data.ranges : null, at, start }
}

function marksOf(
  form: TextForm,
  facts: TextFacts,
  ranges: Uint32Array | null,
  current: number,
): CodeMark[] {
  const marks: CodeMark[] = []
  for (let at = 0; at < facts.repeated.length; at += 2) {
    marks.push({ kind: 'repeated', from: facts.repeated[at] ?? 0, to: facts.repeated[at + 1] ?? 0 })
  }
  for (let at = 0; ranges && at < ranges.length; at += 2) {
    const kind = at / 2 === current ? 'current' : 'match'
    marks.push({ kind, from: ranges[at] ?? 0, to: ranges[at + 1] ?? 0 })
  }
  // Markup is laid out even so, and its places are then others.
  if (facts.problem && form === 'json') {
    const { offset } = facts.problem
    marks.push({ kind: 'problem', from: offset, to: Math.min(offset + 1, facts.length) })
  }
  return marks
}

function Shown(props: Ready & { text: TextFacts }) {
  const { document, form, text: facts, source, label } = props
  const { stretch, setStretch, goTo } = useStretch(facts)
  const [cursor, setCursor] = useState(0)
  const { ranges, at, start } = useMatches(props)
  const [gone, setGone] = useState<number | null>(null)
  if (start !== gone) {
    setGone(start)
    if (start !== null && (start < stretch.from || start >= stretch.to)) goTo(start)
  }
  const { data: slice, error } = useAnswer(document, 'slice', { form, ...stretch })
  const marks = useMemo(() => marksOf(form, facts, ranges, at), [form, facts, ranges, at])
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (!slice) return <Pause>Reading…</Pause>
  const broken = form === 'json' && facts.problem !== null
  const json = form === 'json' && !broken && !facts.tooLong
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Remarks form={form} facts={facts} cut={source.byteLength > LARGEST_READ} />
      {slice.from > 0 && (
        <More
          words={`${formatCount(slice.from)} characters stand before this.`}
          action="Show the start"
          onPress={() => setStretch({ from: 0, to: PAGE })}
        />
      )}
      <CodeWindow
        slice={slice}
        language={form === 'xml' ? 'xml' : json ? 'json' : null}
        label={label}
        marks={marks}
        reveal={start ?? (broken ? (facts.problem?.offset ?? null) : null)}
        onCursor={setCursor}
      />
      {slice.to < facts.length && (
        <More
          words={`${formatCount(slice.to - slice.from)} of ${formatCount(facts.length)} characters.`}
          action="Show more"
          onPress={() => setStretch({ ...stretch, to: slice.to + PAGE })}
        />
      )}
      {json && <PathLine document={document} form={form} offset={cursor} />}
    </div>
  )
}

function Remarks({ form, facts, cut }: { form: TextForm; facts: TextFacts; cut: boolean }) {
  const remarks: string[] = []
  if (facts.problem) {
    const { line, column, sentence } = facts.problem
    remarks.push(
      form === 'json'
        ? `This is not JSON from line ${line}, column ${column}: ${sentence} Here is the text as it came.`
        : `Not well formed at line ${line}, column ${column} of the text as it came: ${visibleStart(sentence, 300)}`,
    )
  }
  if (facts.tooLong) remarks.push('Laid out it would be many times as long; here it is as it came.')
  const repeats = facts.repeated.length / 2
  if (repeats > 0) {
    const words =
      repeats === 1 ? 'One key is repeated' : `${formatCount(repeats)} keys are repeated`
    remarks.push(`${words} in its object, and marked; most parsers keep only the last value.`)
  }
  if (facts.replaced) {
    remarks.push('Some bytes are not UTF-8; they stand here as �. Hex shows them all.')
  }
  if (cut) remarks.push(`Only the first ${formatSize(LARGEST_READ)} are read here. Hex shows all.`)
  return remarks.map((remark) => (
    <p key={remark} className="selectable border-b border-line px-4 py-1.5 text-sm text-amber">
      {remark}
    </p>
  ))
}

function More({ words, action, onPress }: { words: string; action: string; onPress: () => void }) {
  return (
    <div className="flex items-center gap-3 border-y border-line px-4 py-1.5 text-sm text-ink-2">
      <span className="flex-1">{words}</span>
      <Button small onPress={onPress}>
        {action}
      </Button>
    </div>
  )
}

function PathLine(props: { document: OpenDocument; form: TextForm; offset: number }) {
  const { document, form, offset } = props
  const path = useAnswer(document, 'pathAt', { form, offset }).data ?? '$'
  return (
    <div className="flex h-8 shrink-0 items-center gap-1 border-t border-line pr-2 pl-4 text-sm text-ink-3">
      <span className="wire min-w-0 flex-1 truncate">{visibleStart(path, 400)}</span>
      <CopyButton text={path} label="Copy path" />
    </div>
  )
}
