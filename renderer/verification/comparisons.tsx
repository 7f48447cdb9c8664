import { Check, Minus, X } from 'lucide-react'
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components'
import type { Verdict } from '#contract/verdict.ts'
import type { SignatureComparison } from '#contract/verification.ts'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { ordinal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { alignCharacters } from './align.ts'
import { comparisonOutcome, withoutRepeats } from './comparison-outcome.ts'

/** More characters than any scheme's signature has; the rest of a hostile header is cut. */
const LONGEST = 1200

const states = {
  same: '',
  first: 'soft-red text-red font-semibold shadow-[inset_0_0_0_1px_var(--red)] rounded-xs',
  different: 'text-red',
}

function Aligned({ comparison }: { comparison: SignatureComparison }) {
  const received = visibleStart(comparison.received, LONGEST)
  const expected = comparison.expected === null ? null : comparison.expected.slice(0, LONGEST)
  if (expected === null) {
    return <p className="wire break-all text-ink">{received}</p>
  }
  if (comparison.matches) {
    return (
      <div className="flex items-start gap-1">
        <p className="wire min-w-0 flex-1 break-all text-green">{received}</p>
        <CopyButton text={comparison.received} label="Copy signature" />
      </div>
    )
  }
  return (
    <div className="flex items-start gap-2">
      <div className="flex flex-col pt-px text-xs leading-[18px] text-ink-3">
        <span>received</span>
        <span>expected</span>
      </div>
      <div
        role="img"
        aria-label={`received ${received}, expected ${expected}`}
        className="wire flex min-w-0 flex-1 flex-wrap gap-y-1.5"
      >
        {alignCharacters(received, expected).map((column, index) => (
          <span key={index} className={`flex flex-col whitespace-pre ${states[column.state]}`}>
            <span>{column.received}</span>
            <span className={column.state === 'same' ? 'text-ink-3' : ''}>{column.expected}</span>
          </span>
        ))}
      </div>
      <CopyButton text={expected} label="Copy expected signature" />
    </div>
  )
}

const outcomeLooks = {
  match: { Icon: Check, text: 'text-green' },
  difference: { Icon: X, text: 'text-red' },
  uncompared: { Icon: Minus, text: 'text-ink-3' },
}

interface ComparisonProps {
  comparison: SignatureComparison
  verdict: Verdict
  many: boolean
}

function Comparison({ comparison, verdict, many }: ComparisonProps) {
  const { kind, words } = comparisonOutcome(comparison, verdict)
  const { Icon, text } = outcomeLooks[kind]
  return (
    <div className="rounded-md border border-line bg-raised">
      <div className="flex flex-wrap items-center gap-1.5 border-b border-line px-2.5 py-1 text-sm text-ink-2">
        <Icon size={13} strokeWidth={2.5} aria-hidden className={text} />
        {many && <span>{ordinal(comparison.position + 1)} signature</span>}
        {comparison.version !== null && <Chip>{visibleStart(comparison.version, 16)}</Chip>}
        <span className={text}>{words}</span>
        {comparison.secretName !== null && kind !== 'uncompared' && (
          <span>
            with{' '}
            <bdi className="font-medium text-ink">“{visibleStart(comparison.secretName, 80)}”</bdi>
          </span>
        )}
      </div>
      <div className="px-2.5 py-2">
        <Aligned comparison={comparison} />
      </div>
    </div>
  )
}

/** Every received signature against every secret; what matched first, the others on request. */
export function Comparisons(props: { comparisons: SignatureComparison[]; verdict: Verdict }) {
  const comparisons = withoutRepeats(props.comparisons)
  const matching = comparisons.filter((comparison) => comparison.matches)
  const others = comparisons.filter((comparison) => !comparison.matches)
  const many = new Set(comparisons.map((comparison) => comparison.position)).size > 1
  const list = (items: SignatureComparison[]) =>
    items.map((item, index) => (
      <Comparison
        key={`${item.position}-${item.secretId ?? index}`}
        comparison={item}
        verdict={props.verdict}
        many={many}
      />
    ))
  if (matching.length === 0) return <div className="flex flex-col gap-2">{list(others)}</div>
  return (
    <div className="flex flex-col gap-2">
      {list(matching)}
      {others.length > 0 && (
        <Disclosure>
          <Button slot="trigger" className="rounded-sm text-sm text-ink-3 hover:text-ink">
            {others.length === 1
              ? '1 other comparison did not match'
              : `${others.length} other comparisons did not match`}
          </Button>
          <DisclosurePanel>
            <div className="flex flex-col gap-2 pt-2">{list(others)}</div>
          </DisclosurePanel>
        </Disclosure>
      )}
    </div>
  )
}
