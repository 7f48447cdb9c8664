import { history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { syntaxHighlighting } from '@codemirror/language'
import { search, searchKeymap } from '@codemirror/search'
import {
  Compartment,
  EditorState,
  type Extension,
  StateEffect,
  StateField,
} from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { codeEditing, setText, tellTyped } from '#renderer/body/code-editing.ts'
import { codeColours, codeLook } from '#renderer/body/code-look.ts'
import { cspNonce } from '#renderer/platform/nonce.ts'
import { hiddenInCode } from '#renderer/words/visible-text.ts'

const setProblem = StateEffect.define<number | null>()

/** Where the text stops being JSON. */
const problemMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    let next = marks.map(changes)
    for (const effect of effects) {
      if (!effect.is(setProblem)) continue
      // At the very end the last character stands for what is missing behind it.
      const at = effect.value === null ? null : Math.min(effect.value, state.doc.length - 1)
      next =
        at === null || at < 0
          ? Decoration.none
          : Decoration.set([Decoration.mark({ class: 'cm-problem' }).range(at, at + 1)])
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

const look = EditorView.theme({
  '.cm-content': { caretColor: 'var(--ink)' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--ink)' },
})

/** Enter goes on with the indentation of the line. */
function newLine(view: EditorView): boolean {
  const { state } = view
  const line = state.doc.lineAt(state.selection.main.head)
  const indent = /^[ \t]*/.exec(line.text)?.[0] ?? ''
  view.dispatch(state.replaceSelection(`\n${indent}`), { scrollIntoView: true })
  return true
}

const language = new Compartment()

const editing = [
  // A carriage return is a byte of the body, not the end of a line.
  EditorState.lineSeparator.of('\n'),
  highlightSpecialChars({ addSpecialChars: hiddenInCode }),
  lineNumbers(),
  syntaxHighlighting(codeColours),
  search({ top: true }),
  history(),
  keymap.of([{ key: 'Enter', run: newLine, shift: newLine }, ...searchKeymap, ...historyKeymap]),
  codeEditing,
  EditorView.lineWrapping,
  problemMark,
  codeLook,
  look,
]

interface Props {
  text: string
  asJson: boolean
  label: string
  /** Where the text stops being JSON, in characters; `null`: nowhere. */
  problemAt: number | null
  /** Goes there, each time that it is another object. */
  target: { at: number } | null
  onChange: (text: string) => void
  /** What this editor can do besides; the same for its whole life. */
  more?: Extension
}

/** The text of a body, to be edited: every character stays what it is. */
export default function BodyCode(props: Props) {
  const { text, asJson, label, problemAt, target } = props
  const holder = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    if (!holder.current) return undefined
    const made = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          EditorView.cspNonce.of(cspNonce()),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          language.of([]),
          latest.current.more ?? [],
          editing,
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
    view.current?.dispatch({ effects: language.reconfigure(asJson ? json() : []) })
  }, [asJson])
  useEffect(() => {
    view.current?.dispatch({ effects: setProblem.of(problemAt) })
  }, [problemAt])
  useEffect(() => {
    if (!target || !view.current) return
    view.current.dispatch({ selection: { anchor: target.at }, scrollIntoView: true })
    view.current.focus()
  }, [target])
  return (
    <div
      ref={holder}
      // A search that Escape closes is not the dialog.
      onKeyDown={(event) => {
        if (event.key === 'Escape' && event.defaultPrevented) event.stopPropagation()
      }}
      className="min-h-0 flex-1 overflow-hidden select-text"
    />
  )
}
