import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { FILTERS } from '#contract/template/filters.ts'
import { TEMPLATE_NAMES } from '#contract/template/parse-template.ts'

const values = Object.values(TEMPLATE_NAMES)
const groups = [
  ['Of the request', values.filter(({ of }) => of === 'request')],
  ['Made up', values.filter(({ of }) => of === 'generated')],
] as const

const usageClass = 'quoted w-fit cursor-default text-left hover:bg-accent-soft'

/** What a template can say; choosing one puts it at the end of the body. */
export function TemplateValues({ onInsert }: { onInsert: (text: string) => void }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="flex flex-col gap-2">
      <Button
        aria-expanded={open}
        onPress={() => setOpen(!open)}
        className="flex w-fit items-center gap-1 rounded-sm text-sm text-ink-2 hover:text-ink"
      >
        <ChevronRight size={13} aria-hidden className={open ? 'rotate-90' : ''} />
        Values that can stand in it
      </Button>
      {open && (
        <div className="flex flex-col gap-2 rounded-md border border-line bg-surface px-3 py-2 text-sm">
          {groups.map(([title, names]) => (
            <section key={title} aria-label={title}>
              <h5 className="pb-0.5 font-medium text-ink-2">{title}</h5>
              <dl className="grid grid-cols-[9rem_1fr] gap-x-3 gap-y-0.5">
                {names.map(({ usage, says }) => (
                  <div key={usage} className="contents">
                    <dt>
                      <Button onPress={() => onInsert(`{{${usage}}}`)} className={usageClass}>
                        {`{{${usage}}}`}
                      </Button>
                    </dt>
                    <dd className="min-w-0 text-ink-3">{says}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <section aria-label="Filters">
            <h5 className="pb-0.5 font-medium text-ink-2">After a value</h5>
            <dl className="grid grid-cols-[9rem_1fr] gap-x-3 gap-y-0.5">
              {Object.values(FILTERS).map(({ usage, says }) => (
                <div key={usage} className="contents">
                  <dt>
                    <code className="quoted">|{usage}</code>
                  </dt>
                  <dd className="min-w-0 text-ink-3">{says}</dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      )}
    </div>
  )
}
