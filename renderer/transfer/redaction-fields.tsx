import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Selection } from '#contract/selection.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { useBodyPaths } from './use-body-paths.ts'
import type { ExportForm } from './use-export-form.ts'

/** Headers that say nothing of a person, or that the export makes anew. */
const PLAIN =
  /^(?:host|content-(?:length|type|encoding)|accept.*|connection|user-agent|transfer-encoding)$/i
const MOST_HEADERS = 12

interface ListProps {
  label: string
  placeholder: string
  chosen: readonly string[]
  offered: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

/** Texts that were picked or typed. */
function Chosen({ label, placeholder, chosen, offered, onChange }: ListProps) {
  const [text, setText] = useState('')
  const add = (value: string) => {
    const wanted = value.trim()
    if (wanted !== '' && !chosen.includes(wanted)) onChange([...chosen, wanted])
    setText('')
  }
  const left = offered.filter((each) => !chosen.includes(each))
  return (
    <div className="flex flex-col gap-1.5">
      <EnterForm onEnter={() => add(text)} className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field mono label={label} placeholder={placeholder} value={text} onChange={setText} />
        </div>
        <Button icon={Plus} isDisabled={text.trim() === ''} onPress={() => add(text)}>
          Mask
        </Button>
      </EnterForm>
      {(chosen.length > 0 || left.length > 0) && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {chosen.map((each) => (
            <li key={each}>
              <button
                type="button"
                aria-label={`Do not mask ${each}`}
                onClick={() => onChange(chosen.filter((other) => other !== each))}
                className="wire flex min-h-6 items-center gap-1 rounded-md border border-accent bg-accent-soft px-1.5 text-left text-ink [overflow-wrap:anywhere]"
              >
                {each} <X size={11} aria-hidden className="shrink-0" />
              </button>
            </li>
          ))}
          {left.map((each) => (
            <li key={each}>
              <button
                type="button"
                aria-label={`Mask ${each}`}
                onClick={() => add(each)}
                className="wire min-h-6 rounded-md border border-line bg-sunken px-1.5 text-left text-ink-2 [overflow-wrap:anywhere] hover:text-ink"
              >
                {each}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What is masked before it leaves; paths and headers are offered from one of the deliveries. */
export function RedactionFields({ form, selection }: { form: ExportForm; selection: Selection }) {
  const { draft, change } = form
  const sampleId = 'ids' in selection ? (selection.ids[0] ?? null) : selection.upToId
  const input = { id: sampleId ?? 0 }
  const enabled = draft.redacts && sampleId !== null
  const sample = useQuery({ ...api.deliveries.get.queryOptions({ input }), enabled }).data
  const paths = useBodyPaths(draft.redacts ? (sample ?? null) : null)
  const names = (sample?.rawHeaders ?? []).map(([name]) => name)
  const headers = [...new Set(names)].filter((name) => !PLAIN.test(name)).slice(0, MOST_HEADERS)
  return (
    <div className="flex flex-col gap-3">
      <CheckBox
        label="Redact before it leaves"
        on={draft.redacts}
        onChange={(redacts) => change({ redacts })}
        hint="Masks values, leaves out replays and notes, and signs with a secret made for this export."
      />
      {!draft.redacts && (
        <CheckBox
          label="Keep credentials"
          on={draft.keepsCredentials}
          onChange={(keepsCredentials) => change({ keepsCredentials })}
          hint="Passwords, tokens and cookies that came with requests; without this they are masked."
        />
      )}
      {draft.redacts && (
        <div className="flex flex-col gap-3 pl-6">
          <Chosen
            label="JSON paths"
            placeholder="$.data.customer.email"
            chosen={draft.jsonPaths}
            offered={paths}
            onChange={(jsonPaths) => change({ jsonPaths })}
          />
          <Chosen
            label="Headers"
            placeholder="X-Customer"
            chosen={draft.headers}
            offered={headers}
            onChange={(chosen) => change({ headers: chosen })}
          />
          <CheckBox
            label="Sign again with a throwaway secret"
            on={draft.resign}
            onChange={(resign) => change({ resign })}
          />
        </div>
      )}
    </div>
  )
}
