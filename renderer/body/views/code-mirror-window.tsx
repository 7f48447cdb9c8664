import { json } from '@codemirror/lang-json'
import { xml } from '@codemirror/lang-xml'
import { codeFolding, foldGutter, foldKeymap, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches } from '@codemirror/search'
import {
  Compartment,
  EditorState,
  StateEffect,
  StateField,
  type Extension,
} from '@codemirror/state'
import {
  Decoration,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type DecorationSet,
} from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { codeColours, codeLook } from '#renderer/body/code-look.ts'
import { cspNonce } from '#renderer/platform/nonce.ts'
import { hiddenInCode } from '#renderer/words/visible-text.ts'
import type { CodeMark, CodeWindowProps } from './code-window.tsx'

const looks = {
  match: Decoration.mark({ class: 'cm-searchMatch' }),
  current: Decoration.mark({ class: 'cm-searchMatch cm-searchMatch-selected' }),
  repeated: Decoration.mark({ class: 'cm-repeated', attributes: { title: 'repeated key' } }),
  problem: Decoration.mark({ class: 'cm-problem' }),
}

const setMarks = StateEffect.define<DecorationSet>()
const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const effect = transaction.effects.find((each) => each.is(setMarks))
    return effect?.is(setMarks) ? effect.value : marks.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const numbering = new Compartment()
const fixed: Extension = [
  EditorView.editable.of(false),
  EditorState.readOnly.of(true),
  // A break of another system is a character to look at, not the end of a line.
  EditorState.lineSeparator.of('\n'),
  highlightSpecialChars({ addSpecialChars: hiddenInCode }),
  highlightSelectionMatches(),
  syntaxHighlighting(codeColours),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ tabindex: '0' }),
  marksField,
  codeLook,
]

const folding: Extension = [codeFolding(), foldGutter(), keymap.of(foldKeymap)]

function languageOf(language: CodeWindowProps['language']): Extension {
  if (language === 'json') return [json(), folding]
  return language === 'xml' ? [xml({ autoCloseTags: false }), folding] : []
}

function numbersFrom(firstLine: number): Extension {
  return lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) })
}

function decorations(marks: readonly CodeMark[], from: number, length: number): DecorationSet {
  const shown = marks
    .filter((mark) => mark.from >= from && mark.to <= from + length && mark.to > mark.from)
    .map((mark) => looks[mark.kind].range(mark.from - from, mark.to - from))
  return Decoration.set(shown, true)
}

/** Where the cursor is; within the indent of a line it means what follows. */
function cursorOf({ state }: EditorView): number {
  const { head } = state.selection.main
  const line = state.doc.lineAt(head)
  const indent = /^\s*/.exec(line.text.slice(0, 2_000))?.[0].length ?? 0
  return Math.max(head, Math.min(line.from + indent, line.to))
}

/** Captured text, read only, with what stands out in it: drawn only where it is looked at. */
export default function CodeMirrorWindow(props: CodeWindowProps) {
  const { slice, language, label, marks, reveal } = props
  const holder = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const shown = useRef({ from: 0, text: '' })
  const revealed = useRef<number | null>(null)
  const onCursor = useRef<(at: number) => void>(() => undefined)
  useEffect(() => {
    onCursor.current = props.onCursor
  })
  useEffect(() => {
    if (!holder.current) return undefined
    const made = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        extensions: [
          EditorView.cspNonce.of(cspNonce()),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (!update.selectionSet || update.docChanged) return
            onCursor.current(shown.current.from + cursorOf(update.view))
          }),
          numbering.of(numbersFrom(1)),
          fixed,
          languageOf(language),
        ],
      }),
    })
    view.current = made
    revealed.current = null
    shown.current = { from: 0, text: '' }
    return () => {
      made.destroy()
      view.current = null
    }
  }, [label, language])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const before = shown.current
    // What is added at the end leaves what stands there, and where one has scrolled to, alone.
    const grows = before.from === slice.from && slice.text.startsWith(before.text)
    const changes = grows
      ? { from: before.text.length, insert: slice.text.slice(before.text.length) }
      : { from: 0, to: editor.state.doc.length, insert: slice.text }
    shown.current = { from: slice.from, text: slice.text }
    editor.dispatch({ changes, effects: numbering.reconfigure(numbersFrom(slice.firstLine)) })
  }, [slice])

  useEffect(() => {
    const length = view.current?.state.doc.length ?? 0
    view.current?.dispatch({ effects: setMarks.of(decorations(marks, slice.from, length)) })
  }, [marks, slice])

  useEffect(() => {
    const editor = view.current
    if (reveal === null) revealed.current = null
    if (!editor || reveal === null || reveal === revealed.current) return
    const at = reveal - slice.from
    if (at < 0 || at > editor.state.doc.length) return
    revealed.current = reveal
    editor.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    })
  }, [reveal, slice])
  return <div ref={holder} className="min-h-0 flex-1 overflow-hidden select-text" />
}
