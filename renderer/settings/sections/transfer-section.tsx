import { useMutation, useQuery } from '@tanstack/react-query'
import { Check, Download, FileUp, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { api, client } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { importWarnings } from '#renderer/settings/import-warnings.ts'
import { Setting } from '#renderer/settings/setting.tsx'
import { errorSentence } from '#renderer/words/errors.ts'

const MOST_BYTES = 5_000_000
const NOTHING = { deliveries: 0, bytes: 0 }

/** Settings as one file, to another machine and back. */
export function TransferSection() {
  return (
    <>
      <ExportSetting />
      <ImportSetting />
    </>
  )
}

function ExportSetting() {
  const save = useMutation({
    mutationFn: async () => {
      const { name, json } = await client.settings.export()
      await platform.saveFile(name, new Blob([json], { type: 'application/json' }))
    },
  })
  return (
    <Setting
      id="export"
      hint="Settings, endpoints, own schemes, saved filters and keys in one JSON file. No signing secrets, no secret settings, no deliveries."
    >
      <div>
        <Button icon={Download} isDisabled={save.isPending} onPress={() => save.mutate()}>
          Export settings
        </Button>
      </div>
      {save.error && <p className="text-red">{errorSentence(save.error)}</p>}
    </Setting>
  )
}

function ImportSetting() {
  const [problem, setProblem] = useState<string | null>(null)
  const importing = useMutation(api.settings.import.mutationOptions())
  const [chosen, setChosen] = useState<{ name: string; json: string } | null>(null)
  const choose = async (file: File | undefined) => {
    importing.reset()
    setProblem(null)
    setChosen(null)
    if (!file) return
    if (file.size > MOST_BYTES) {
      setProblem(`${file.name} is larger than 5 MB; that is no export of settings.`)
      return
    }
    setChosen({ name: file.name, json: await file.text() })
  }
  const stored = useQuery({ ...api.settings.stored.queryOptions(), staleTime: 0 }).data ?? NOTHING
  const warnings = chosen ? importWarnings(chosen.json, stored) : []
  const failed = problem ?? (importing.error ? errorSentence(importing.error) : null)
  return (
    <Setting
      id="import"
      hint="Adds what is not here and replaces what has the same name, limits of retention among it. Secrets stay as they are. The file is checked whole before anything changes."
    >
      <div className="flex items-center gap-2">
        <FileTrigger
          acceptedFileTypes={['application/json', '.json']}
          onSelect={(files) => void choose(files?.[0])}
        >
          <Button icon={FileUp}>Choose a file</Button>
        </FileTrigger>
        {chosen && (
          <>
            <span className="wire max-w-60 truncate">{chosen.name}</span>
            <Button
              kind="primary"
              isDisabled={importing.isPending}
              onPress={() =>
                importing.mutate({ json: chosen.json }, { onSettled: () => setChosen(null) })
              }
            >
              Import it
            </Button>
          </>
        )}
      </div>
      {warnings.length > 0 && (
        <div role="status">
          <Callout tone="amber" icon={<TriangleAlert size={15} aria-hidden />}>
            <Lines lines={warnings} />
          </Callout>
        </div>
      )}
      {failed !== null && (
        <p role="alert" className="selectable text-red">
          {failed}
        </p>
      )}
      {importing.data && <Report {...importing.data} />}
    </Setting>
  )
}

function Report({ done, left }: { done: string[]; left: string[] }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      {done.length > 0 && (
        <Callout tone="green" icon={<Check size={15} aria-hidden />}>
          <Lines lines={done} />
        </Callout>
      )}
      {left.length > 0 && (
        <Callout tone="amber" icon={<TriangleAlert size={15} aria-hidden />}>
          <Lines lines={left} />
        </Callout>
      )}
    </div>
  )
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
