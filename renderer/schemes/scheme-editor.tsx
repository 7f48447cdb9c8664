import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Download, Redo2, Save, Trash2, Undo2 } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { SchemeProblem } from '#contract/own-scheme.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { schemeText } from './blank-scheme.ts'
import { changeDraft, dropDraft, NEW, redo, undo, useDraft } from './drafts.ts'
import { SchemeFormProvider } from './form-fields.tsx'
import { valueAt } from './json-path.ts'
import { parseDraft } from './parse-draft.ts'
import { exportScheme } from './scheme-files.ts'
import { SchemeForm } from './scheme-form.tsx'
import { TryPanel } from './try-panel.tsx'
import { useDebounced } from './use-debounced.ts'

const JsonEditor = lazy(() => import('./json-editor.tsx'))

const SETTLE_MS = 200
const noProblems: readonly SchemeProblem[] = []

interface Props {
  /** The id of an own scheme, or `NEW`. */
  id: string
  /** What is stored, or what a new one begins as. */
  saved: string
  /** Ids of the other own schemes. */
  taken: ReadonlySet<string>
  /** Endpoints that use it. */
  endpoints: readonly string[]
}

/** What is wrong with a scheme, by the engine's word, a moment after it changed. */
function useProblems(value: unknown, taken: ReadonlySet<string>): readonly SchemeProblem[] {
  const settled = useDebounced(JSON.stringify(value ?? null), SETTLE_MS)
  const options = api.schemes.check.queryOptions({ input: { scheme: JSON.parse(settled) } })
  const found = useQuery({ ...options, gcTime: 5_000, placeholderData: keepPreviousData }).data
  const id = valueAt(value, 'id')
  const isTaken = typeof id === 'string' && taken.has(id)
  return useMemo(() => {
    const all = found ?? noProblems
    if (!isTaken) return all
    return [
      { path: 'id', sentence: 'You have a scheme of this id already. Write another.' },
      ...all,
    ]
  }, [found, isTaken])
}

function ProblemList(props: {
  problems: readonly SchemeProblem[]
  onGo: (target: { path: string }) => void
}) {
  if (props.problems.length === 0) {
    return <p className="px-4 py-2 text-sm text-green">Nothing is wrong with it.</p>
  }
  return (
    <ul aria-label="What is wrong" className="max-h-28 overflow-y-auto px-2 py-1 text-sm">
      {props.problems.map(({ path, sentence }) => (
        <li key={`${path} ${sentence}`}>
          <button
            type="button"
            onClick={() => props.onGo({ path })}
            className="w-full rounded-sm px-2 py-0.5 text-left text-red hover:bg-hover"
          >
            {path !== '' && <code className="quoted mr-1.5">{path}</code>}
            {sentence}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** An own scheme as form and as text, both of one draft, and what it makes of a request. */
export function SchemeEditor({ id, saved, taken, endpoints }: Props) {
  const draft = useDraft(id)
  const text = draft?.text ?? saved
  const parsed = useMemo(() => parseDraft(text), [text])
  const value = 'value' in parsed ? parsed.value : undefined
  const found = useProblems(value, taken)
  const problems = 'problem' in parsed ? [{ path: '', sentence: parsed.problem }] : found
  const [target, setTarget] = useState<{ path: string } | null>(null)
  const change = (next: string) => changeDraft(id, next, saved)
  const changed = id === NEW || (draft !== null && draft.text !== saved)
  const save = useMutation(
    api.schemes.save.mutationOptions({
      onSuccess: async ({ scheme }) => {
        await queryClient.invalidateQueries({ queryKey: api.schemes.key() })
        dropDraft(id)
        go({ view: { kind: 'schemes', schemeId: scheme.id } }, { replace: true })
      },
    }),
  )
  const name = valueAt(value, 'name')
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-5">
        <h1 className="min-w-0 truncate text-lg font-semibold">
          {typeof name === 'string' && name !== '' ? name : 'Own scheme'}
        </h1>
        <Chip>your own</Chip>
        {changed && <span className="text-sm text-amber">not saved</span>}
        {save.error && (
          <span role="alert" className="min-w-0 truncate text-sm text-red">
            {errorSentence(save.error)}
          </span>
        )}
        <span className="flex-1" />
        <IconButton
          icon={Undo2}
          label="Undo"
          isDisabled={!draft?.past.length}
          onPress={() => undo(id)}
        />
        <IconButton
          icon={Redo2}
          label="Redo"
          isDisabled={!draft?.future.length}
          onPress={() => redo(id)}
        />
        <IconButton
          icon={Download}
          label="Export as a file"
          isDisabled={value === undefined}
          onPress={() => void exportScheme(value)}
        />
        <RemoveButton id={id} endpoints={endpoints} />
        <Button
          kind="primary"
          icon={Save}
          isDisabled={!changed || problems.length > 0 || save.isPending}
          onPress={() => save.mutate({ scheme: value })}
        >
          Save
        </Button>
      </header>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="grid h-[max(380px,56vh)] grid-cols-2">
          <section aria-label="Form" className="min-h-0 min-w-0 overflow-y-auto px-5 py-4">
            {value === undefined ? (
              <p className="text-ink-3">The form comes back when the text is JSON again.</p>
            ) : (
              <SchemeFormProvider
                value={value}
                problems={problems}
                onChange={(next) => change(schemeText(next))}
              >
                <SchemeForm idIsFixed={id !== NEW} />
              </SchemeFormProvider>
            )}
          </section>
          <section aria-label="Text" className="flex min-h-0 min-w-0 flex-col border-l border-line">
            <Suspense fallback={<p className="p-4 text-ink-3">Opening…</p>}>
              <JsonEditor
                text={text}
                label="Scheme as JSON"
                problems={problems}
                onChange={change}
                onUndo={() => undo(id)}
                onRedo={() => redo(id)}
                target={target}
              />
            </Suspense>
            <div className="border-t border-line bg-canvas">
              <ProblemList problems={problems} onGo={setTarget} />
            </div>
          </section>
        </div>
        <TryPanel key={id} scheme={value ?? null} />
      </div>
    </div>
  )
}

const back = () => go({ view: { kind: 'schemes', schemeId: null } }, { replace: true })

/** Takes the scheme away, or the draft of one that was never saved; asks before. */
function RemoveButton({ id, endpoints }: { id: string; endpoints: readonly string[] }) {
  const [asked, setAsked] = useState(false)
  const remove = useMutation(
    api.schemes.remove.mutationOptions({
      onSuccess: async () => {
        dropDraft(id)
        back()
        await queryClient.invalidateQueries({ queryKey: api.schemes.key() })
      },
    }),
  )
  if (endpoints.length > 0) {
    return <Chip title={endpoints.join(', ')}>used by {endpoints.join(', ')}</Chip>
  }
  const label = id === NEW ? 'Discard' : 'Remove'
  if (!asked) return <IconButton icon={Trash2} label={label} onPress={() => setAsked(true)} />
  return (
    <>
      {remove.error && <span className="text-sm text-red">{errorSentence(remove.error)}</span>}
      <Button
        kind="danger"
        isDisabled={remove.isPending}
        onPress={() => {
          if (id !== NEW) return remove.mutate({ id })
          dropDraft(NEW)
          return back()
        }}
      >
        {label} it
      </Button>
      <Button onPress={() => setAsked(false)}>Keep it</Button>
    </>
  )
}
