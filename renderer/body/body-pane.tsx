import { Suspense, useState, type ReactNode } from 'react'
import { Download, Search } from 'lucide-react'
import { useCommand } from '#renderer/commands/use-command.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { useBodyChunks } from './body-bytes.ts'
import { bodyFacts, FACTS_BYTES, type BodyFacts } from './body-facts.ts'
import type { BodySource } from './body-source.ts'
import { viewsFor } from './body-views.ts'
import { useDocument } from './document/use-document.ts'
import { FindBar } from './find-bar.tsx'
import { useFind } from './use-find.ts'
import { NestedBodyProvider } from './nested-body.tsx'
import { Pause } from './pause.tsx'
import { saveBody } from './save-body.ts'
import type { BodyView } from './view.ts'

/** What was chosen last, by what suited best: who reads JSON as a tree goes on doing so. */
const lastChosen = new Map<string, string>()

interface Props {
  source: BodySource
  /** More to choose, such as the content coding. */
  controls?: ReactNode
  /** The key for finding acts here; parts that are shown inside have none. */
  main?: boolean
}

/** Bytes, shown in the way that suits them, with the others to choose from. */
export function BodyPane(props: Props) {
  const { source } = props
  const first = useBodyChunks(source, FACTS_BYTES, [0])
  const start = first.chunks.get(0)
  if (source.byteLength === 0) {
    return <p className="p-5 text-ink-2">The body is empty: 0 bytes.</p>
  }
  if (first.error) {
    return <p className="selectable p-5 text-red">{errorSentence(first.error)}</p>
  }
  if (!start) return <Pause>Reading…</Pause>
  return <Chosen {...props} facts={bodyFacts(source.contentType, start, source.byteLength)} />
}

const nestedBody = (source: BodySource) => <BodyPane source={source} />

function Chosen({ source, facts, controls, main = false }: Props & { facts: BodyFacts }) {
  const { offered, best } = viewsFor(facts)
  const [chosen, setChosen] = useState<string | null>(null)
  const wanted = chosen ?? lastChosen.get(best.id)
  const view = offered.find(({ id }) => id === wanted) ?? best
  const choose = (id: string) => {
    lastChosen.set(best.id, id)
    setChosen(id)
  }
  const find = useFind()
  useCommand('body.find', find.open, main && view.finds !== 'nothing')
  const save = () => void saveBody(source, facts)
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-4 py-2">
        <Segments
          label="Show the body as"
          value={view.id}
          onChange={choose}
          options={offered.map(({ id, name }) => ({ id, name }))}
        />
        {controls}
        <span className="flex flex-1 items-center justify-end gap-1">
          <span
            className="selectable pr-1 text-sm whitespace-nowrap text-ink-3"
            title={formatSize(source.byteLength)}
          >
            {formatBytes(source.byteLength)}
          </span>
          {view.finds !== 'nothing' && (
            <IconButton small icon={Search} label="Find in the body" onPress={find.open} />
          )}
          <IconButton small icon={Download} label="Save the body to a file" onPress={save} />
        </span>
      </div>
      {find.shown && view.finds !== 'nothing' && (
        <FindBar {...find.bar} bytes={view.finds === 'bytes'} />
      )}
      <NestedBodyProvider value={nestedBody}>
        <Viewed
          key={`${source.key} ${view.id}`}
          view={view}
          source={source}
          facts={facts}
          find={find.forView}
        />
      </NestedBodyProvider>
    </div>
  )
}

type ViewedProps = Pick<Props, 'source'> & {
  view: BodyView
  facts: BodyFacts
  find: ReturnType<typeof useFind>['forView']
}

/** The view, and the document that it needs, or that is searched; failed reading can be tried again. */
function Viewed(props: ViewedProps) {
  const [attempt, setAttempt] = useState(0)
  return <Read key={attempt} {...props} onAgain={() => setAttempt(attempt + 1)} />
}

function Read({ view, source, facts, find, onAgain }: ViewedProps & { onAgain: () => void }) {
  const searched = find.term !== null && view.finds !== 'nothing'
  // Once read it stays: closing the search is no reason to read it again for the next.
  const [needed, setNeeded] = useState(view.needsDocument)
  if (searched && !needed) setNeeded(true)
  const { document, error, readSoFar } = useDocument(source, needed)
  if (error) {
    return (
      <div className="flex flex-col items-start gap-3 p-5">
        <p className="selectable text-red">{errorSentence(error)}</p>
        <Button onPress={onAgain}>Read it again</Button>
      </div>
    )
  }
  if (!document && view.needsDocument) {
    return (
      <Pause>
        Reading {formatSize(readSoFar)} of {formatSize(source.byteLength)}…
      </Pause>
    )
  }
  return (
    <Suspense fallback={<Pause>Opening…</Pause>}>
      <view.Component source={source} facts={facts} document={document} find={find} />
    </Suspense>
  )
}
