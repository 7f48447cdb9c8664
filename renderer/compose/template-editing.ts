import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { Decoration, EditorView, MatchDecorator, ViewPlugin } from '@codemirror/view'
import { FILTERS } from '#contract/template/filters.ts'
import { TEMPLATE_NAMES } from '#contract/template/parse-template.ts'

const names = Object.entries(TEMPLATE_NAMES)
  .filter(([, { of }]) => of === 'generated')
  .map(([name, { usage, says, takes }]) => ({
    label: name,
    // Arguments that are needed are written out, to be changed.
    apply: takes[0] > 0 ? usage : name,
    detail: usage === name ? '' : usage.slice(name.length),
    info: says,
    type: 'variable',
  }))

const filters = Object.entries(FILTERS).map(([name, { usage, says, takes }]) => ({
  label: name,
  apply: takes > 0 ? usage : name,
  info: says,
  type: 'function',
}))

/** Names of values behind `{{`, filters behind `|`. */
function offer(context: CompletionContext): CompletionResult | null {
  const before = context.matchBefore(/\{\{[^{}]*/)
  if (!before) return null
  const filter = /\|\s*(\w*)$/.exec(before.text)
  if (filter) return { from: context.pos - (filter[1]?.length ?? 0), options: filters }
  const name = /^\{\{\s*(\w*)$/.exec(before.text)
  if (!name) return null
  const from = context.pos - (name[1]?.length ?? 0)
  const closed = context.state.sliceDoc(context.pos, context.pos + 2) === '}}'
  const options = names.map((each) => ({ ...each, apply: closed ? each.apply : `${each.apply}}}` }))
  return { from, options }
}

const mark = Decoration.mark({ class: 'cm-template' })
const matcher = new MatchDecorator({ regexp: /\{\{[^{}]*\}\}/g, decoration: () => mark })

const shown = ViewPlugin.define(
  (view) => ({
    marks: matcher.createDeco(view),
    update(update) {
      this.marks = matcher.updateDeco(update, this.marks)
    },
  }),
  { decorations: ({ marks }) => marks },
)

const look = EditorView.theme({
  '.cm-template': { backgroundColor: 'var(--accent-soft)', borderRadius: '3px' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: '12.5px/20px var(--font-mono)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.75' },
  '.cm-tooltip.cm-completionInfo': { padding: '4px 8px', font: '12px/18px var(--font-sans)' },
})

/** Values of a template stand out, and are offered while they are written. */
export const templateEditing: Extension = [
  autocompletion({ override: [offer], icons: false }),
  shown,
  look,
]
