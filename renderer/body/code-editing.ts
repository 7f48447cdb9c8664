import { standardKeymap } from '@codemirror/commands'
import { Annotation, type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { flushSync } from 'react-dom'

const fromOutside = Annotation.define<boolean>()

/** Only what differs: the cursor stays where it is. */
function difference(old: string, next: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(old.length, next.length)
  let start = 0
  while (start < shorter && old[start] === next[start]) start += 1
  let end = 0
  while (end < shorter - start && old[old.length - 1 - end] === next[next.length - 1 - end]) {
    end += 1
  }
  return { from: start, to: old.length - end, insert: next.slice(start, next.length - end) }
}

/** Makes the text what its owner says, as a change that `tellTyped` tells from typing. */
export function setText(view: EditorView, text: string): void {
  const old = view.state.sliceDoc()
  if (old === text) return
  view.dispatch({ changes: difference(old, text), annotations: fromOutside.of(true) })
}

/**
 * Tells the owner what was changed in the editor, not by `setText`; at once, for a text that came
 * back from it late would take away what was typed since.
 */
export function tellTyped(tell: (text: string) => void): Extension {
  return EditorView.updateListener.of(({ docChanged, transactions, state }) => {
    if (!docChanged || transactions.some((one) => one.annotation(fromOutside))) return
    flushSync(() => tell(state.sliceDoc()))
  })
}

/**
 * Typing, deleting and moving as changes of the document. Left to itself the browser edits the page
 * first: it joins lines with style attributes, which the content security policy refuses, and it
 * moves the cursor a moment before the document hears of it, where the next letter then goes wrong.
 */
export const codeEditing: Extension = [
  Prec.low(keymap.of(standardKeymap)),
  Prec.low(
    EditorView.domEventHandlers({
      beforeinput(event, view) {
        if (event.isComposing || view.composing) return false
        if (event.inputType !== 'insertText' || event.data === null) return false
        const typed = view.state.replaceSelection(event.data)
        view.dispatch(typed, { scrollIntoView: true, userEvent: 'input.type' })
        event.preventDefault()
        return true
      },
    }),
  ),
]
