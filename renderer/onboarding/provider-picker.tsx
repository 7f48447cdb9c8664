import { ArrowLeft, ExternalLink, Plus, Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { findSchemes } from '#renderer/endpoints/scheme-groups.ts'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { platform } from '#renderer/platform/platform.ts'
import { pathOf, stepsFor } from './provider-steps.ts'

/** So many are offered at once; typing finds the others. */
const OFFERED = 12

/** Who sends: a choice of providers, then what to do in the dashboard of the chosen one. */
export function ProviderPicker({ captureUrl }: { captureUrl: string }) {
  const [chosen, setChosen] = useState<SchemeInfo | null>(null)
  if (chosen) {
    return <Steps scheme={chosen} captureUrl={captureUrl} onBack={() => setChosen(null)} />
  }
  return <Choice onChoose={setChosen} />
}

function Choice({ onChoose }: { onChoose: (scheme: SchemeInfo) => void }) {
  const schemes = useSchemes()
  const [text, setText] = useState('')
  const searching = text.trim() !== ''
  const offered = useMemo(
    () =>
      (searching ? findSchemes(schemes, text) : schemes.filter(({ common }) => common)).slice(
        0,
        OFFERED,
      ),
    [schemes, text, searching],
  )
  return (
    <section aria-label="Pick your provider" className="flex w-full flex-col gap-2.5">
      <div className="flex items-center gap-3">
        <h3 className="flex-1 font-semibold">Pick your provider</h3>
        <SearchField
          aria-label="Search providers"
          value={text}
          onChange={setText}
          className="flex w-56 items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 focus-within:border-focus"
        >
          <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
          <Input
            placeholder="Name or header"
            spellCheck={false}
            className="h-7 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
      </div>
      <ul className="grid grid-cols-[repeat(3,minmax(0,1fr))] gap-1.5">
        {offered.map((scheme) => (
          <li key={scheme.id}>
            <button
              type="button"
              onClick={() => onChoose(scheme)}
              className="h-8 w-full truncate rounded-md border border-line bg-raised px-2.5 text-left hover:border-line-strong hover:bg-hover"
            >
              {scheme.name}
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="text-sm text-ink-3">
        {searching && offered.length === 0
          ? 'No provider is called that. “Custom” takes any HMAC over the body.'
          : `${schemes.length} schemes; one of your own can be described under Schemes.`}
      </p>
    </section>
  )
}

function Steps(props: { scheme: SchemeInfo; captureUrl: string; onBack: () => void }) {
  const { scheme, captureUrl } = props
  return (
    <section
      aria-label={`Steps for ${scheme.name}`}
      className="flex w-full flex-col gap-3 rounded-md border border-line bg-raised p-4"
    >
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate font-semibold">{scheme.name}</h3>
        <Button small kind="quiet" icon={ArrowLeft} onPress={props.onBack}>
          Another provider
        </Button>
      </div>
      <ol className="flex flex-col gap-2.5">
        {stepsFor(scheme, captureUrl).map(({ text, code }, index) => (
          <li key={text} className="flex gap-3">
            <span className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong text-xs text-ink-2">
              {index + 1}
            </span>
            <div className="selectable min-w-0 flex-1">
              {text}
              {code !== undefined && (
                <span className="mt-1 flex items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-2.5">
                  <code className="wire min-w-0 flex-1 break-all">{code}</code>
                  <CopyButton text={code} label={`Copy step ${index + 1}`} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          kind="primary"
          icon={Plus}
          onPress={() =>
            showDialog({
              kind: 'new-endpoint',
              start: { name: scheme.name, path: pathOf(scheme), schemeId: scheme.id },
            })
          }
        >
          Make the endpoint
        </Button>
        {!scheme.own && (
          <Button
            kind="quiet"
            icon={ExternalLink}
            onPress={() => platform.openLink(scheme.documentationUrl)}
          >
            {`${scheme.name}’s documentation`}
          </Button>
        )}
      </div>
    </section>
  )
}
