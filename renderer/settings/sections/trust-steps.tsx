import { useState } from 'react'
import type { TrustStep } from '#contract/listener-tls.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'

/** How to make a sender trust the local authority: a program at a time, to copy. */
export function TrustSteps({ steps }: { steps: readonly TrustStep[] }) {
  const [id, setId] = useState<TrustStep['id']>('curl')
  const step = steps.find((each) => each.id === id)
  if (!step) return null
  return (
    <div className="flex flex-col gap-2">
      <Segments
        label="Who shall trust it"
        showLabel
        options={steps.map((each) => ({ id: each.id, name: each.name }))}
        value={id}
        onChange={setId}
      />
      <p className="selectable max-w-prose text-sm text-ink-2">{step.sentence}</p>
      <Commands commands={step.commands} label="Copy the commands" />
      {step.undo.length > 0 && (
        <>
          <p className="text-sm text-ink-3">To undo it:</p>
          <Commands commands={step.undo} label="Copy the commands that undo it" />
        </>
      )}
    </div>
  )
}

function Commands({ commands, label }: { commands: readonly string[]; label: string }) {
  if (commands.length === 0) return null
  const text = commands.join('\n')
  return (
    <span className="flex items-start gap-1">
      <code className="wire selectable min-w-0 rounded-md border border-line bg-sunken px-2 py-1 text-sm break-all whitespace-pre-wrap">
        {text}
      </code>
      <CopyButton text={text} label={label} />
    </span>
  )
}
