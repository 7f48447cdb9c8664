import { json } from '@codemirror/lang-json'
import { syntaxHighlighting } from '@codemirror/language'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { SchemeProblem } from '#contract/own-scheme.ts'
import { codeEditing, setText, tellTyped } from '#renderer/body/code-editing.ts'
import { codeColours, codeLook } from '#renderer/body/code-look.ts'
import { cspNonce } from '#renderer/platform/nonce.ts'
import { placeInText } from './json-places.ts'

const setProblems = StateEffect.define<readonly SchemeProblem[]>()

/** What is wrong is underlined where it stands; the marks move with the text until told anew. */
const problemMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(setProblems)) next = marksOf(transaction.state, effect.value)
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

function marksOf(state: EditorState, problems: readonly SchemeProblem[]): DecorationSet {
  const marks = problems.flatMap(({ path, sentence }) => {
    const { from, to } = placeInText(state, path)
    if (from === to) return []
    const attributes = { title: sentence }
    return [Decoration.mark({ class: 'cm-problem', attributes }).range(from, to)]
  })
  return RangeSet.of(marks, true)
}

const problemLook = EditorView.theme({
  '.cm-problem': {
    textDecoration: 'underline wavy var(--red)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-content': { caretColor: 'var(--ink)' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--ink)' },
})

/** Enter goes on with the indentation of the line. */
function newLine(view: EditorView): boolean {
  const { state } = view
  const line = state.doc.lineAt(state.selection.main.head)
  const indent = /^ */.exec(line.text)?.[0] ?? ''
  const before = state.sliceDoc(line.from, state.selection.main.from).trimEnd()
  const deeper = /[[{]$/.test(before) ? '  ' : ''
  view.dispatch(state.replaceSelection(`\n${indent}${deeper}`), { scrollIntoView: true })
  return true
}

interface Props {
  text: string
  label: string
  problems: readonly SchemeProblem[]
  onChange: (text: string) => void
  onUndo: () => void
  onRedo: () => void
  /** Goes to where a path stands, each time that it is another object. */
  target: { path: string } | null
}

/** JSON that is edited: what is wrong is underlined, and undo is that of the form beside it. */
export default function JsonEditor(props: Props) {
  const { text, label, problems, target } = props
  const holder = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    if (!holder.current) return undefined
    const run = (action: () => void) => () => {
      action()
      return true
    }
    const made = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          EditorView.cspNonce.of(cspNonce()),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          lineNumbers(),
          json(),
          syntaxHighlighting(codeColours),
          search({ top: true }),
          keymap.of([
            { key: 'Mod-z', run: run(() => latest.current.onUndo()) },
            { key: 'Mod-Shift-z', run: run(() => latest.current.onRedo()) },
            { key: 'Mod-y', run: run(() => latest.current.onRedo()) },
            { key: 'Enter', run: newLine },
            ...searchKeymap,
          ]),
          codeEditing,
          EditorView.lineWrapping,
          problemMarks,
          codeLook,
          problemLook,
          tellTyped((next) => latest.current.onChange(next)),
        ],
      }),
    })
    view.current = made
    return () => {
      view.current = null
      made.destroy()
    }
  }, [label])

  useEffect(() => {
    if (view.current) setText(view.current, text)
  }, [text])
  useEffect(() => {
    view.current?.dispatch({ effects: setProblems.of(problems) })
  }, [problems])
  useEffect(() => {
    const { current } = view
    if (!target || !current) return
    const { from } = placeInText(current.state, target.path)
    current.dispatch({ selection: { anchor: from }, scrollIntoView: true })
    current.focus()
  }, [target])
  return <div ref={holder} className="min-h-0 flex-1 overflow-hidden select-text" />
}
