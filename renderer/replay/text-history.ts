import {
  Annotation,
  type ChangeSet,
  type Extension,
  StateField,
  Transaction,
  type TransactionSpec,
} from '@codemirror/state'
import { keymap, type EditorView } from '@codemirror/view'

/** What takes a change back, and when it was made. */
interface Step {
  readonly inverse: ChangeSet
  readonly atMs: number
  /** Where the cursor goes. */
  readonly head: number
}

interface History {
  readonly done: readonly Step[]
  readonly undone: readonly Step[]
}

const MOST_STEPS = 500
/** What is typed without a longer pause is taken back at once. */
const PAUSE_MS = 600

const travel = Annotation.define<'undo' | 'redo'>()

function recorded(history: History, transaction: Transaction): History {
  const { startState, changes } = transaction
  const inverse = changes.invert(startState.doc)
  const atMs = transaction.annotation(Transaction.time) ?? 0
  const step = { inverse, atMs, head: startState.selection.main.head }
  const direction = transaction.annotation(travel)
  if (direction === 'undo') {
    return { done: history.done.slice(0, -1), undone: [...history.undone, step] }
  }
  if (direction === 'redo') {
    return { done: [...history.done, step], undone: history.undone.slice(0, -1) }
  }
  const last = history.done.at(-1)
  const typed = transaction.isUserEvent('input.type') || transaction.isUserEvent('delete')
  const joins = last !== undefined && typed && atMs - last.atMs < PAUSE_MS
  const done = joins
    ? [
        ...history.done.slice(0, -1),
        { inverse: inverse.compose(last.inverse), atMs, head: last.head },
      ]
    : [...history.done, step].slice(-MOST_STEPS)
  return { done, undone: [] }
}

const historyField = StateField.define<History>({
  create: () => ({ done: [], undone: [] }),
  update: (history, transaction) =>
    transaction.docChanged ? recorded(history, transaction) : history,
})

/** The transaction that goes a step back or on; `null`: there is none. */
export function travelled(
  state: EditorView['state'],
  direction: 'undo' | 'redo',
): TransactionSpec | null {
  const { done, undone } = state.field(historyField)
  const step = (direction === 'undo' ? done : undone).at(-1)
  if (!step) return null
  return {
    changes: step.inverse,
    selection: { anchor: Math.min(step.head, step.inverse.newLength) },
    annotations: travel.of(direction),
    scrollIntoView: true,
  }
}

const run = (direction: 'undo' | 'redo') => (view: EditorView) => {
  const spec = travelled(view.state, direction)
  if (spec) view.dispatch(spec)
  return true
}

/** Undo and redo of an editor's text, by the usual keys. */
export const textHistory: Extension = [
  historyField,
  keymap.of([
    { key: 'Mod-z', run: run('undo') },
    { key: 'Mod-Shift-z', run: run('redo') },
    { key: 'Mod-y', run: run('redo') },
  ]),
]
