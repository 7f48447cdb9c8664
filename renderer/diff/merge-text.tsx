import { json } from '@codemirror/lang-json'
import { syntaxHighlighting } from '@codemirror/language'
import { goToNextChunk, goToPreviousChunk, MergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { codeColours, codeLook } from '#renderer/body/code-look.ts'
import { cspNonce } from '#renderer/platform/nonce.ts'
import { hiddenInCode } from '#renderer/words/visible-text.ts'

/** Changed characters are underlined, so that they show without their colour. */
const mergeLook = EditorView.theme({
  '&.cm-merge-a .cm-changedLine': {
    backgroundColor: 'color-mix(in oklab, var(--red) 4%, transparent)',
  },
  '&.cm-merge-b .cm-changedLine': {
    backgroundColor: 'color-mix(in oklab, var(--green) 4%, transparent)',
  },
  '&.cm-merge-a .cm-changedText': {
    background: 'color-mix(in oklab, var(--red) 9%, transparent)',
    borderBottom: '2px dotted var(--red)',
  },
  '&.cm-merge-b .cm-changedText': {
    background: 'color-mix(in oklab, var(--green) 9%, transparent)',
    borderBottom: '2px solid var(--green)',
  },
  '&.cm-merge-a .cm-changedLineGutter': { background: 'var(--red)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--green)' },
  '.cm-collapsedLines': {
    background: 'var(--sunken)',
    color: 'var(--ink-2)',
    font: '12px/20px var(--font-sans)',
    padding: '0 12px',
  },
})

function extensionsOf(label: string, asJson: boolean): Extension {
  return [
    EditorView.cspNonce.of(cspNonce()),
    EditorView.editable.of(false),
    EditorState.readOnly.of(true),
    lineNumbers(),
    highlightSpecialChars({ addSpecialChars: hiddenInCode }),
    syntaxHighlighting(codeColours),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label }),
    keymap.of([
      { key: 'Alt-ArrowDown', run: goToNextChunk },
      { key: 'Alt-ArrowUp', run: goToPreviousChunk },
    ]),
    codeLook,
    mergeLook,
    asJson ? [json()] : [],
  ]
}

interface Props {
  a: string
  b: string
  labels: readonly [string, string]
  json: boolean
}

/** Two texts side by side; long stretches that are equal are folded. */
export default function MergeText({ a, b, labels, json: asJson }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const [labelA, labelB] = labels
  useEffect(() => {
    if (!holder.current) return undefined
    const view = new MergeView({
      parent: holder.current,
      a: { doc: a, extensions: extensionsOf(labelA, asJson) },
      b: { doc: b, extensions: extensionsOf(labelB, asJson) },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
      diffConfig: { scanLimit: 500, timeout: 400 },
    })
    return () => view.destroy()
  }, [a, b, labelA, labelB, asJson])
  return (
    <div
      ref={holder}
      className="max-h-[36rem] overflow-auto select-text [&_.cm-mergeView]:w-full [&_.cm-mergeViewEditor]:min-w-0 [&_.cm-mergeViewEditor+.cm-mergeViewEditor]:border-l [&_.cm-mergeViewEditor+.cm-mergeViewEditor]:border-line"
    />
  )
}
