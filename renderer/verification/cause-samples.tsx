import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components'
import type { CodeSample } from '#contract/diagnosis.ts'
import { useKeptText } from '#renderer/app/use-kept.ts'
import { SelectField } from '#renderer/controls/choice.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'

/** The fix in code, in the framework that the person chose last. */
export function CauseSamples({ samples }: { samples: readonly CodeSample[] }) {
  const [open, setOpen] = useState(false)
  const [kept, setKept] = useKeptText('fix-framework', 'Express')
  const sample = samples.find(({ framework }) => framework === kept) ?? samples[0]
  if (!sample) return null
  return (
    <Disclosure isExpanded={open} onExpandedChange={setOpen}>
      <Button
        slot="trigger"
        className="inline-flex items-center gap-1 rounded-sm text-sm font-medium text-ink-2 hover:text-ink"
      >
        <ChevronRight size={14} aria-hidden className={open ? 'rotate-90' : ''} />
        The fix in code, {sample.framework}
      </Button>
      <DisclosurePanel className="flex flex-col gap-2">
        <div className="flex items-end gap-2 pt-2">
          <div className="min-w-0 flex-1">
            <SelectField
              label="Framework"
              hideLabel
              options={samples.map(({ framework }) => ({ id: framework, name: framework }))}
              value={sample.framework}
              onChange={setKept}
            />
          </div>
          <CopyTextButton text={sample.code}>Copy code</CopyTextButton>
        </div>
        <pre
          // It scrolls, so it is reached with the keyboard.
          tabIndex={0}
          role="region"
          aria-label={`The fix in ${sample.framework}`}
          className="wire max-h-72 overflow-auto rounded-md border border-line bg-surface px-2.5 py-2 focus-visible:-outline-offset-2"
        >
          {sample.code}
        </pre>
      </DisclosurePanel>
    </Disclosure>
  )
}
