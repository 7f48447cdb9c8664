import { ClipboardPaste } from 'lucide-react'
import { Button } from '#renderer/controls/button.tsx'
import { SchemeField } from '#renderer/endpoints/scheme-field.tsx'
import { signersOf } from '#renderer/endpoints/signers.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { useBegin } from './use-composing.ts'

/** Nothing is written yet: which provider’s webhook is it to be? */
export function BeginComposing({ onPaste }: { onPaste: () => void }) {
  const schemes = useSchemes()
  const endpoints = useEndpoints()
  const begin = useBegin()
  const common = schemes.filter((scheme) => scheme.common && scheme.id !== 'custom')
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-5 px-8 py-10">
      <div>
        <h2 className="text-lg font-semibold">Send a webhook that nobody sent yet</h2>
        <p className="text-ink-2">
          Take an event of a provider, change what you like, and send it signed as the provider
          would: to this listener, or to your own handler.
        </p>
      </div>
      <div role="group" aria-label="Providers" className="grid grid-cols-3 gap-2">
        {common.map(({ id, name, signaturePlace }) => {
          const [endpoint] = signersOf(endpoints, id)
          return (
            <button
              key={id}
              type="button"
              onClick={() => begin.mutate(id)}
              className="flex flex-col rounded-md border border-line bg-raised px-3 py-2 text-left hover:border-line-strong hover:bg-hover"
            >
              <span className="font-medium">{name}</span>
              <span className="truncate text-sm text-ink-3">
                {endpoint ? `signed with ${visibleStart(endpoint.name, 60)}` : signaturePlace}
              </span>
            </button>
          )
        })}
      </div>
      <SchemeField
        schemes={schemes}
        nothing="Any other provider"
        value={null}
        onChange={(schemeId) => schemeId !== null && begin.mutate(schemeId)}
      />
      <div className="flex items-center gap-3">
        <Button onPress={() => begin.mutate(null)}>Plain webhook, unsigned</Button>
        <Button icon={ClipboardPaste} onPress={onPaste}>
          Paste a request…
        </Button>
      </div>
      {begin.error && <p className="selectable text-red">{errorSentence(begin.error)}</p>}
    </div>
  )
}
