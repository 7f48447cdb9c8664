import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Archive, Info, ScanSearch } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Verification } from '#contract/verification.ts'
import { api, client } from '#renderer/app/api.ts'
import { openDelivery } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { SchemeFacts } from '#renderer/endpoints/scheme-facts.tsx'
import { SchemeField } from '#renderer/endpoints/scheme-field.tsx'
import { draftSettings, givenSettings, SettingFields } from '#renderer/endpoints/setting-fields.tsx'
import { newSecretDraft, SecretDrafts } from '#renderer/endpoints/secret-drafts.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { HighlightProvider } from '#renderer/verification/highlight.tsx'
import { VerdictSentence } from '#renderer/verification/sentence.tsx'
import { hasWhy, WhyOfPasted } from '#renderer/verification/why.tsx'
import { VerificationPanel } from '#renderer/verification/verification-panel.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { momentOf, type Moment } from './moment.ts'

const PLACEHOLDER = `POST /webhook HTTP/1.1
webhook-id: msg_…
webhook-timestamp: 1746561234
webhook-signature: v1,…

{"type":"…"}`

function useCheck() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (asked: {
      text: string
      schemeId: string | null
      secrets: string[]
      url: string
      moment: Moment
      store: boolean
      settings: Record<string, string>
    }) => {
      const request = await client.verifying.parse({ text: asked.text })
      const { notices: _notices, ...pasted } = request
      const base = {
        request: pasted,
        schemeId: asked.schemeId,
        secrets: asked.secrets,
        settings: asked.settings,
        url: asked.url.trim() === '' ? null : asked.url.trim(),
      }
      const first = await client.verifying.check({
        ...base,
        atUnixSeconds: judgedAt(asked.moment),
        store: asked.store && asked.moment.kind !== 'timestamp',
      })
      // “The timestamp of the request” is known only once the request has been read.
      const signedAtMs = first.explanation.verification.timestamp?.unixMs
      if (asked.moment.kind !== 'timestamp' || signedAtMs === undefined) {
        return {
          request,
          input: { ...base, atUnixSeconds: judgedAt(asked.moment), store: false },
          ...first,
        }
      }
      const second = await client.verifying.check({
        ...base,
        atUnixSeconds: signedAtMs / 1000,
        store: asked.store,
      })
      return {
        request,
        input: { ...base, atUnixSeconds: signedAtMs / 1000, store: false },
        ...second,
      }
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: api.deliveries.count.key() }),
    gcTime: 0,
  })
}

const judgedAt = (moment: Moment) => (moment.kind === 'custom' ? moment.unixSeconds : null)

/** On this page the secrets are those just given; there is no endpoint to speak of. */
function sentenceHere({ code, sentence }: Verification['reason']): string {
  if (code === 'no-match') return 'No secret given here produces this signature.'
  return code === 'no-secret' ? 'Enter the signing secret to check it.' : sentence
}

/** The scheme that the last check went by, which may have been recognised. */
function recognisedIn(verification: Verification | undefined): string[] {
  return verification?.schemeId ? [verification.schemeId] : []
}

type ReadRequest = Awaited<ReturnType<typeof client.verifying.parse>>

function ReadAs({ request }: { request: ReadRequest }) {
  const padding = /=*$/.exec(request.bodyBase64)?.[0].length ?? 0
  const bytes = Math.max(0, (request.bodyBase64.length / 4) * 3 - padding)
  return (
    <p className="text-sm text-ink-3">
      Read as{' '}
      <span className="wire text-ink-2">
        {visibleStart(`${request.method} ${request.target}`, 200)}
      </span>
      , {request.rawHeaders.length} headers, body of {formatBytes(bytes)}.
    </p>
  )
}

/** Judges a request that was pasted; nothing is stored unless that is asked for. */
export function VerifyPage() {
  const schemes = useSchemes()
  const [text, setText] = useState('')
  const [schemeId, setSchemeId] = useState<string | null>(null)
  const [secrets, setSecrets] = useState(() => [newSecretDraft()])
  const [settings, setSettings] = useState(() => draftSettings())
  const [url, setUrl] = useState('')
  const [when, setWhen] = useState<Moment['kind']>('now')
  const [custom, setCustom] = useState('')
  const check = useCheck()
  const page = useRef<HTMLDivElement>(null)
  const result = useRef<HTMLElement>(null)
  useEffect(() => {
    // In a narrow window the result stands below the form.
    if (check.isIdle || check.isPending || !page.current || !result.current) return
    page.current.scrollTo({ top: result.current.offsetTop - page.current.offsetTop })
  }, [check.isIdle, check.isPending])
  const moment = momentOf(when, custom)
  const scheme = schemes.find(({ id }) => id === schemeId)
  const run = (store: boolean) => {
    if (moment === null || text.trim() === '' || check.isPending) return
    const texts = secrets.map((secret) => secret.text).filter((secret) => secret !== '')
    check.mutate({
      ...{ text, schemeId, secrets: texts, url, moment, store },
      settings: givenSettings(settings, scheme),
    })
  }
  const { data } = check
  const recognised = recognisedIn(data?.explanation.verification)
  return (
    <div
      ref={page}
      className="grid min-h-0 flex-1 grid-cols-1 overflow-y-auto bg-surface lg:grid-cols-2 lg:overflow-hidden"
    >
      <section className="flex flex-col gap-4 px-6 py-5 lg:overflow-y-auto">
        <div>
          <h1 className="text-xl font-semibold">Verify</h1>
          <p className="text-ink-2">
            Paste a raw request, a cURL command, a HAR, or headers, a blank line and the body.
          </p>
        </div>
        <Field
          label="Request"
          mono
          rows={11}
          value={text}
          onChange={setText}
          placeholder={PLACEHOLDER}
        />
        <SchemeField
          schemes={schemes}
          nothing="Recognise it from the headers"
          value={schemeId}
          onChange={setSchemeId}
          suggested={recognised}
        >
          {scheme && <SchemeFacts scheme={scheme} withTolerance />}
        </SchemeField>
        <EnterForm onEnter={() => run(false)} className="flex flex-col gap-4">
          {scheme && (
            <SettingFields
              scheme={scheme}
              draft={settings}
              onChange={setSettings}
              errors={new Map()}
            />
          )}
          <SecretDrafts
            drafts={secrets}
            onChange={setSecrets}
            hint="Used for this check only, never stored."
            errors={new Map()}
            named={false}
            publicKey={scheme?.secretKind === 'public-key'}
          />
        </EnterForm>
        <div className="flex flex-wrap items-end gap-4">
          <Segments
            label="Judge as if it arrived"
            showLabel
            value={when}
            onChange={setWhen}
            options={[
              { id: 'now', name: 'Now' },
              { id: 'timestamp', name: 'When it was signed' },
              { id: 'custom', name: 'At…' },
            ]}
          />
          {when === 'custom' && (
            <div className="min-w-56 flex-1">
              <Field
                label="Unix seconds or a date"
                mono
                placeholder="2026-11-21T14:02:11Z"
                value={custom}
                onChange={setCustom}
                error={
                  moment === null && custom !== ''
                    ? 'This is neither unix seconds nor an ISO date.'
                    : undefined
                }
              />
            </div>
          )}
        </div>
        <Field
          label="URL that the provider called"
          mono
          placeholder="only for schemes that sign it"
          value={url}
          onChange={setUrl}
        />
        <div className="flex gap-2">
          <Button
            kind="primary"
            icon={ScanSearch}
            isDisabled={text.trim() === '' || check.isPending || moment === null}
            onPress={() => run(false)}
          >
            Verify
          </Button>
        </div>
      </section>
      <section
        aria-label="Result"
        ref={result}
        aria-live="polite"
        className="flex flex-col gap-4 border-line bg-canvas px-6 py-5 max-lg:border-t lg:overflow-y-auto lg:border-l"
      >
        {check.error && <p className="selectable text-red">{errorSentence(check.error)}</p>}
        {!data && !check.error && (
          <p className="text-ink-3">The explanation comes here. Nothing is stored.</p>
        )}
        {data && (
          <HighlightProvider>
            <VerdictSentence
              verdict={data.explanation.verification.verdict}
              sentence={sentenceHere(data.explanation.verification.reason)}
            />
            <div className="flex items-center gap-3">
              <ReadAs request={data.request} />
              <span className="flex-1" />
              {data.deliveryId === null ? (
                <Button small icon={Archive} onPress={() => run(true)}>
                  Keep as delivery
                </Button>
              ) : (
                <Button small onPress={() => data.deliveryId && openDelivery(data.deliveryId)}>
                  Open the delivery
                </Button>
              )}
            </div>
            {data.request.notices.map((notice) => (
              <Callout key={notice} tone="grey" icon={<Info size={15} aria-hidden />}>
                {notice}
              </Callout>
            ))}
            <VerificationPanel
              explanation={data.explanation}
              why={
                hasWhy(data.explanation.verification.verdict) ? (
                  <WhyOfPasted input={data.input} />
                ) : null
              }
            />
          </HighlightProvider>
        )}
      </section>
    </div>
  )
}
