import { EditorSelection, type Extension, Prec, type SelectionRange } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

type Reach = (view: EditorView, range: SelectionRange) => SelectionRange

/** What each kind of deletion takes away when nothing is selected. */
const reaches: Readonly<Record<string, Reach>> = {
  deleteContentBackward: (view, range) => view.moveByChar(range, false),
  deleteContentForward: (view, range) => view.moveByChar(range, true),
  deleteWordBackward: (view, range) => view.moveByGroup(range, false),
  deleteWordForward: (view, range) => view.moveByGroup(range, true),
  deleteSoftLineBackward: (view, range) => view.moveToLineBoundary(range, false),
  deleteSoftLineForward: (view, range) => view.moveToLineBoundary(range, true),
}

function remove(view: EditorView, reach: Reach): void {
  const changes = view.state.changeByRange((range) => {
    const end = range.empty ? reach(view, range).head : range.from
    const from = range.empty ? Math.min(range.head, end) : range.from
    const to = range.empty ? Math.max(range.head, end) : range.to
    return { changes: { from, to }, range: EditorSelection.cursor(from) }
  })
  view.dispatch(changes, { scrollIntoView: true, userEvent: 'delete' })
}

/**
 * Typing and deleting as changes of the document. Left to itself the browser edits the page first,
 * and joins lines with style attributes, which the content security policy refuses.
 */
export const plainTyping: Extension = Prec.low(
  EditorView.domEventHandlers({
    beforeinput(event, view) {
      if (event.isComposing || view.composing) return false
      const { inputType, data } = event
      const reach = Object.hasOwn(reaches, inputType) ? reaches[inputType] : undefined
      if (reach) remove(view, reach)
      else if (inputType === 'insertText' && data !== null) {
        const typed = view.state.replaceSelection(data)
        view.dispatch(typed, { scrollIntoView: true, userEvent: 'input.type' })
      } else return false
      event.preventDefault()
      return true
    },
  }),
)
