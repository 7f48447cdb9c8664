import { EditorState, type TransactionSpec } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { textHistory, travelled } from './text-history.ts'

const start = (doc: string) => EditorState.create({ doc, extensions: [textHistory] })
const apply = (state: EditorState, spec: TransactionSpec) => state.update(spec).state

function back(state: EditorState, direction: 'undo' | 'redo' = 'undo'): EditorState {
  const spec = travelled(state, direction)
  return spec ? apply(state, spec) : state
}

describe('textHistory', () => {
  it('takes what was typed in one go back at once, and brings it again', () => {
    let state = start('{}')
    for (const [index, insert] of Array.from('"a":1').entries()) {
      state = apply(state, { changes: { from: 1 + index, insert }, userEvent: 'input.type' })
    }
    expect(state.doc.toString()).toBe('{"a":1}')
    const undone = back(state)
    expect(undone.doc.toString()).toBe('{}')
    expect(back(undone).doc.toString()).toBe('{}')
    expect(back(undone, 'redo').doc.toString()).toBe('{"a":1}')
  })

  it('keeps other changes apart, and forgets what was undone once something new is done', () => {
    let state = start('one')
    state = apply(state, { changes: { from: 0, to: 3, insert: 'two' }, userEvent: 'input.paste' })
    state = apply(state, { changes: { from: 0, to: 3, insert: 'three' } })
    state = back(state)
    expect(state.doc.toString()).toBe('two')
    state = apply(state, { changes: { from: 3, insert: '!' } })
    expect(back(state, 'redo').doc.toString()).toBe('two!')
    expect(back(back(state)).doc.toString()).toBe('one')
  })
})
