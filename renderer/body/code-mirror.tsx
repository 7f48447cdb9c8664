import { json } from '@codemirror/lang-json'
import { foldGutter, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import { cspNonce } from '#renderer/platform/nonce.ts'

/** How code looks here, read or written. */
export const codeLook = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-scroller': { boxShadow: 'inset 0 0 0 2px var(--focus)' },
  '.cm-scroller': { font: '12.5px/18px var(--font-mono)', fontVariantLigatures: 'none' },
  '.cm-content': { padding: '8px 0', unicodeBidi: 'isolate' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-3)', border: 'none' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink-2)',
    border: 'none',
    padding: '0 4px',
  },
  '.cm-specialChar': { color: 'var(--red)', fontWeight: '700' },
  '.cm-selectionMatch': { backgroundColor: 'var(--accent-soft)' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in oklch, var(--amber) 35%, transparent)' },
  '.cm-panels': {
    backgroundColor: 'var(--canvas)',
    color: 'var(--ink)',
    borderColor: 'var(--line)',
    font: '12px/16px var(--font-sans)',
  },
  '.cm-textfield': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
    color: 'var(--ink)',
  },
})

export const codeColours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--blue)' },
  { tag: tags.string, color: 'var(--green)' },
  { tag: tags.number, color: 'var(--orange)' },
  { tag: [tags.bool, tags.null], color: 'var(--violet)' },
  { tag: tags.punctuation, color: 'var(--ink-3)' },
])

const extensions: Extension = [
  EditorView.editable.of(false),
  EditorState.readOnly.of(true),
  lineNumbers(),
  highlightSpecialChars({ addSpecialChars: /[\u061C\u2066-\u2069\u202A-\u202E]/g }),
  highlightSelectionMatches(),
  search({ top: true }),
  keymap.of(searchKeymap),
  syntaxHighlighting(codeColours),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ tabindex: '0' }),
  codeLook,
]

/** Captured text, read only: long texts are drawn only where they are looked at. */
export default function CodeMirrorText(props: { text: string; json: boolean; label: string }) {
  const { text, label, json: asJson } = props
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!holder.current) return undefined
    const view = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(cspNonce()),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          extensions,
          asJson ? [json(), foldGutter()] : [],
        ],
      }),
    })
    return () => view.destroy()
  }, [text, label, asJson])
  return <div ref={holder} className="min-h-0 flex-1 overflow-hidden select-text" />
}
