import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

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
  '.cm-searchMatch': { backgroundColor: 'color-mix(in oklab, var(--amber) 18%, transparent)' },
  // By its edge too: the colours of code must stay readable on it.
  '.cm-searchMatch-selected': {
    backgroundColor: 'color-mix(in oklab, var(--amber) 18%, transparent)',
    outline: '2px solid var(--amber)',
  },
  '.cm-repeated': { borderBottom: '2px dotted var(--amber)' },
  '.cm-problem': {
    backgroundColor: 'color-mix(in oklab, var(--red) 30%, transparent)',
    outline: '1px solid var(--red)',
  },
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
  { tag: tags.tagName, color: 'var(--blue)' },
  { tag: tags.attributeName, color: 'var(--violet)' },
  { tag: tags.attributeValue, color: 'var(--green)' },
  { tag: [tags.comment, tags.documentMeta, tags.processingInstruction], color: 'var(--ink-3)' },
  { tag: [tags.punctuation, tags.angleBracket], color: 'var(--ink-3)' },
])
