import { ArrowLeftRight, GitCompareArrows } from 'lucide-react'
import { lazy, Suspense, type ReactNode } from 'react'
import { showDialog } from '#renderer/app/dialogs.ts'
import { go, openDelivery, type View } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { BodyDifferences } from './body-differences.tsx'
import { FactsTable } from './facts-table.tsx'
import { HeadersTable } from './headers-table.tsx'
import { useSide, type Side } from './sides.ts'

const MergeText = lazy(() => import('./merge-text.tsx'))

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="min-w-0 shrink-0 overflow-hidden rounded-md border border-line bg-surface"
    >
      <h2 className="border-b border-line bg-sunken px-3 py-1.5 text-sm font-medium text-ink-2">
        {title}
      </h2>
      {children}
    </section>
  )
}

function Answers({ a, b }: { a: Side; b: Side }) {
  if (!a.answer || !b.answer) {
    const which = a.answer ? b.name : b.answer ? a.name : 'Neither'
    return (
      <p className="px-3 py-2 text-ink-2">
        {which === 'Neither' ? 'Neither was answered.' : `${which} has no answer.`}
      </p>
    )
  }
  const sameBody = a.answer.bodyText === b.answer.bodyText
  return (
    <>
      <p role="status" className="selectable border-b border-line px-3 py-2">
        {a.answer.status === b.answer.status
          ? `Both were answered ${a.answer.status}.`
          : `Answered ${a.answer.status}, then ${b.answer.status}.`}{' '}
        {sameBody ? 'The bodies of the answers are the same.' : 'The bodies of the answers differ.'}
      </p>
      <HeadersTable
        label="Headers of the answers"
        a={a.answer.rawHeaders}
        b={b.answer.rawHeaders}
        schemeIds={[]}
      />
      {!sameBody && (
        <Suspense fallback={<p className="px-3 py-2 text-ink-3">Opening…</p>}>
          <MergeText
            a={a.answer.bodyText}
            b={b.answer.bodyText}
            labels={[`Answer to ${a.name}`, `Answer to ${b.name}`]}
            json={false}
          />
        </Suspense>
      )}
    </>
  )
}

function Name({ side }: { side: Side }) {
  const { deliveryId } = side
  if (deliveryId === null) return <span className="truncate font-medium">{side.name}</span>
  return (
    <button
      type="button"
      onClick={() => openDelivery(deliveryId)}
      className="min-w-0 flex-1 truncate rounded-sm text-left font-medium underline decoration-line-strong underline-offset-3 hover:decoration-ink-3"
    >
      {side.name}
    </button>
  )
}

function Names({ a, b }: { a: Side; b: Side }) {
  return (
    <div className="sticky top-0 z-10 flex gap-0 border-b border-line bg-canvas py-2">
      <span className="w-[24%] shrink-0" />
      <span className="flex min-w-0 flex-1 px-3">
        <Name side={a} />
      </span>
      <span className="flex min-w-0 flex-1 px-3">
        <Name side={b} />
      </span>
    </div>
  )
}

/** Two deliveries, or a delivery and a replay of it, side by side. */
export function ComparePage({ view }: { view: Extract<View, { kind: 'compare' }> }) {
  const one = useSide(view.a)
  const other = useSide(view.b)
  const error = one.error ?? other.error
  const a = one.data
  const b = other.data
  const from = a?.deliveryId ?? null
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-6 pt-4 pb-3">
        <h1 className="flex-1 text-lg font-semibold">Compare</h1>
        <Button
          icon={ArrowLeftRight}
          onPress={() => go({ view: { kind: 'compare', a: view.b, b: view.a } }, { replace: true })}
        >
          Swap
        </Button>
        {from !== null && (
          <Button
            icon={GitCompareArrows}
            onPress={() => showDialog({ kind: 'compare', ids: [from] })}
          >
            Compare with another
          </Button>
        )}
      </header>
      {error && <p className="selectable px-6 text-red">{errorSentence(error)}</p>}
      {!error && (!a || !b) && <p className="px-6 text-ink-3">Opening…</p>}
      {a && b && (
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-6 pb-8">
          <Names a={a} b={b} />
          <Section title="Facts">
            <FactsTable a={a} b={b} />
          </Section>
          <Section title="Headers">
            <HeadersTable
              label="Headers"
              a={a.rawHeaders}
              b={b.rawHeaders}
              schemeIds={[a.schemeId, b.schemeId]}
            />
          </Section>
          <Section title="Body">
            <BodyDifferences key={`${a.key} ${b.key}`} a={a} b={b} />
          </Section>
          <Section title="Answer">
            <Answers a={a} b={b} />
          </Section>
        </div>
      )}
    </div>
  )
}
