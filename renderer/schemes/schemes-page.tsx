import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { api } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { newScheme, ownCopy, schemeText } from './blank-scheme.ts'
import { NEW, startDraft, useDraft } from './drafts.ts'
import { SchemeDetail } from './scheme-detail.tsx'
import { SchemeEditor } from './scheme-editor.tsx'
import { readSchemeFile } from './scheme-files.ts'
import { SchemeList } from './scheme-list.tsx'

/** Form and text side by side need so much beside the list. */
const ROOM_FOR_LIST = 1400
/** What a scheme says needs so much beside the list. */
const ROOM_TO_READ = 640

const show = (schemeId: string | null) => go({ view: { kind: 'schemes', schemeId } })

function begin(text: string): void {
  startDraft(NEW, text)
  show(NEW)
}

/** Every scheme there is; those of the catalogue to read, own ones to write and to try. */
export function SchemesPage({ schemeId, room }: { schemeId: string | null; room: number }) {
  const schemes = useSchemes()
  const taken = new Set(schemes.map(({ id }) => id))
  const info = schemes.find(({ id }) => id === schemeId)
  const isNew = schemeId === NEW
  const isOwn = isNew || info?.own === true
  const [problem, setProblem] = useState<string | null>(null)
  const narrow = room < ROOM_TO_READ
  const listShown = narrow ? schemeId === null : !isOwn || room >= ROOM_FOR_LIST
  const importFile = async (file: File) => {
    const read = await readSchemeFile(file)
    setProblem('problem' in read ? read.problem : null)
    if ('text' in read) begin(read.text)
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      {listShown && (
        <div
          className={`flex flex-col border-r border-line ${narrow ? 'min-w-0 flex-1' : 'w-80 shrink-0'}`}
        >
          <SchemeList
            schemes={schemes}
            chosen={schemeId}
            onChoose={show}
            onNew={() => begin(schemeText(newScheme(taken)))}
            onImport={(file) => void importFile(file)}
          />
          {problem !== null && (
            <p role="alert" className="border-t border-line px-3 py-2 text-sm text-red">
              {problem}
            </p>
          )}
        </div>
      )}
      <div className={`min-h-0 min-w-0 flex-1 flex-col ${narrow && listShown ? 'hidden' : 'flex'}`}>
        {!listShown && (
          <div className="shrink-0 border-b border-line bg-canvas px-3 py-1.5">
            <Button small kind="quiet" icon={ArrowLeft} onPress={() => show(null)}>
              All schemes
            </Button>
          </div>
        )}
        {isNew && <NewScheme taken={taken} />}
        {!isNew && schemeId !== null && <Chosen key={schemeId} id={schemeId} taken={taken} />}
        {schemeId === null && (
          <p className="m-auto max-w-sm px-6 text-center text-ink-3">
            A scheme says how one sender signs. Choose one to read what it says, or describe the
            sender’s own way with “New”.
          </p>
        )}
      </div>
    </div>
  )
}

function NewScheme({ taken }: { taken: ReadonlySet<string> }) {
  const draft = useDraft(NEW)
  const [start] = useState(() => schemeText(newScheme(taken)))
  return <SchemeEditor id={NEW} saved={draft?.past[0] ?? start} taken={taken} endpoints={[]} />
}

const none: ReadonlySet<string> = new Set()

function Chosen({ id, taken }: { id: string; taken: ReadonlySet<string> }) {
  const schemes = useSchemes()
  const { data, error } = useQuery(api.schemes.get.queryOptions({ input: { id } }))
  const info = schemes.find((scheme) => scheme.id === id)
  if (error) return <p className="p-6 text-red">{errorSentence(error)}</p>
  if (!data || !info) return null
  if (data.own) {
    const { scheme, endpoints } = data
    return <SchemeEditor id={id} saved={schemeText(scheme)} taken={none} endpoints={endpoints} />
  }
  return (
    <SchemeDetail
      detail={data}
      info={info}
      onDuplicate={() => begin(schemeText(ownCopy(data.scheme, taken)))}
    />
  )
}
