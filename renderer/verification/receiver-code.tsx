import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import type { VerifierCode, VerifierTarget } from '#contract/verifier-code.ts'
import { api } from '#renderer/app/api.ts'
import { useKeptText } from '#renderer/app/use-kept.ts'
import { SelectField } from '#renderer/controls/choice.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'

const noTargets: VerifierTarget[] = []

function Listing({ made }: { made: VerifierCode }) {
  if ('problem' in made) return <p className="selectable text-ink-2">{made.problem}</p>
  return (
    <>
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <p className="border-b border-line px-2.5 py-1 font-mono text-[11px] text-ink-3">
          {made.filename}
        </p>
        <pre
          // It scrolls, so it is reached with the keyboard.
          tabIndex={0}
          role="region"
          aria-label={`Code, ${made.filename}`}
          className="wire max-h-80 overflow-auto px-2.5 py-2 focus-visible:-outline-offset-2"
        >
          {made.code}
        </pre>
      </div>
      {made.notes.length > 0 && (
        <ul className="selectable list-disc pl-4 text-sm text-ink-2 marker:text-ink-3">
          {made.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Chooser({ schemeId }: { schemeId: string }) {
  const [kept, setKept] = useKeptText('code-target', 'express')
  const targets = useQuery(api.tools.verifierTargets.queryOptions()).data ?? noTargets
  const target = targets.find(({ id }) => id === kept) ?? targets[0]
  const { data, error } = useQuery({
    ...api.tools.verifierCode.queryOptions({ input: { schemeId, target: target?.id ?? '' } }),
    enabled: target !== undefined,
  })
  return (
    <div className="flex flex-col gap-2 pt-2">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <SelectField
            label="Language and framework"
            hideLabel
            options={targets.map(({ id, label }) => ({ id, name: label }))}
            value={target?.id ?? ''}
            onChange={setKept}
          />
        </div>
        {data && 'code' in data && <CopyTextButton text={data.code}>Copy code</CopyTextButton>}
      </div>
      {error && <p className="selectable text-red">{errorSentence(error)}</p>}
      {data && <Listing made={data} />}
    </div>
  )
}

/** Code for the person's own handler that verifies this scheme, in the language they chose last. */
export function ReceiverCode(props: { schemeId: string; schemeName: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure isExpanded={open} onExpandedChange={setOpen}>
      <Heading level={3} className="text-sm font-semibold text-ink-2">
        <Button slot="trigger" className="inline-flex items-center gap-1 rounded-sm hover:text-ink">
          <ChevronRight size={14} aria-hidden className={open ? 'rotate-90' : ''} />
          Code that verifies {props.schemeName}
        </Button>
      </Heading>
      <DisclosurePanel>{open && <Chooser schemeId={props.schemeId} />}</DisclosurePanel>
    </Disclosure>
  )
}
