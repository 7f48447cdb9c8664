import { useQuery } from '@tanstack/react-query'
import { Info, ShieldAlert } from 'lucide-react'
import { useId, useState } from 'react'
import type { Hygiene, HygieneFinding } from '#contract/hygiene.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { SentenceText } from '#renderer/words/sentence-text.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** So many are listed at once; the rest is asked for. */
const SHOWN_AT_FIRST = 3

function Finding({ path, preview, sentence }: HygieneFinding) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <span className="wire break-all">{visibleStart(path, 400)}</span>
      <span className="wire text-ink-2">{visibleStart(preview, 80)}</span>
      <span className="text-sm text-ink-2">{visibleStart(sentence, 200)}</span>
    </li>
  )
}

function Findings({ hygiene, onShowBody }: { hygiene: Hygiene; onShowBody: () => void }) {
  const [all, setAll] = useState(false)
  const listId = useId()
  const { findings, truncated } = hygiene
  const shown = all ? findings : findings.slice(0, SHOWN_AT_FIRST)
  return (
    <Callout tone="amber" icon={<ShieldAlert size={15} aria-hidden />}>
      <p>
        <strong className="font-medium">Sensitive data in this payload.</strong> Logs keep it; send
        an id instead.
      </p>
      <ul
        id={listId}
        aria-label="Sensitive data in this payload"
        // A list that scrolls is reached and moved with the keyboard.
        tabIndex={all ? 0 : undefined}
        className="mt-1 flex max-h-40 flex-col gap-0.5 overflow-y-auto"
      >
        {shown.map((finding, index) => (
          <Finding key={index} {...finding} />
        ))}
      </ul>
      <div className="-mb-1 -ml-2 flex">
        <Button small kind="quiet" onPress={onShowBody}>
          Show body
        </Button>
        {findings.length > SHOWN_AT_FIRST && (
          <Button
            small
            kind="quiet"
            aria-expanded={all}
            aria-controls={listId}
            onPress={() => setAll(!all)}
          >
            {all ? 'Show fewer' : `Show all ${findings.length}`}
          </Button>
        )}
      </div>
      {truncated && <p className="text-sm text-ink-2">Only the first MiB was looked at.</p>}
    </Callout>
  )
}

/** What the delivery carries that does not belong into a webhook; nothing where all is well. */
export function HygieneBlock(props: { deliveryId: number; onShowBody: () => void }) {
  const hygiene = useQuery(
    api.deliveries.hygiene.queryOptions({ input: { id: props.deliveryId } }),
  ).data
  if (!hygiene) return null
  return (
    <>
      {hygiene.findings.length > 0 && <Findings hygiene={hygiene} onShowBody={props.onShowBody} />}
      {hygiene.plainHttp !== null && (
        <Callout tone="grey" icon={<Info size={15} aria-hidden />}>
          <SentenceText>{hygiene.plainHttp}</SentenceText>
        </Callout>
      )}
    </>
  )
}
