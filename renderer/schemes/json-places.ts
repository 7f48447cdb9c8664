import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import { stepsOf } from './json-path.ts'

type Node = ReturnType<typeof syntaxTree>['topNode']

const PARSE_MS = 100

/** Where a path stands in the JSON of an editor; what is missing is where it would stand in. */
export function placeInText(state: EditorState, path: string): { from: number; to: number } {
  const tree = ensureSyntaxTree(state, state.doc.length, PARSE_MS) ?? syntaxTree(state)
  let at: Node | null = tree.topNode.firstChild
  let whole: { from: number; to: number } | null = at && opening(at)
  for (const step of stepsOf(path)) {
    const found: Node | null =
      at && (typeof step === 'number' ? item(at, step) : property(at, step, state))
    if (!found) break
    whole = { from: found.from, to: found.to }
    at = found.name === 'Property' ? found.lastChild : found
  }
  return whole ?? { from: 0, to: 0 }
}

/** Of an object or a list only its bracket: marking all of it would say nothing. */
function opening(node: Node): { from: number; to: number } {
  const isOpen = node.name === 'Object' || node.name === 'Array'
  return { from: node.from, to: isOpen ? node.from + 1 : node.to }
}

function property(node: Node, name: string, state: EditorState): Node | null {
  for (const each of node.getChildren('Property')) {
    const key = each.getChild('PropertyName')
    if (key && state.sliceDoc(key.from, key.to) === JSON.stringify(name)) return each
  }
  return null
}

function item(node: Node, index: number): Node | null {
  if (node.name !== 'Array') return null
  let left = index
  for (let each = node.firstChild; each; each = each.nextSibling) {
    if (/^[[\],⚠]$/.test(each.name)) continue
    if (left-- === 0) return each
  }
  return null
}
