import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Endpoint, SchemeInfo } from '#contract/endpoint.ts'
import type { RawHeader } from '#contract/http.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { isCredentialHeader } from '#contract/credentials.ts'
import { signersOf } from '#renderer/endpoints/signers.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { withAllowedHost } from '#renderer/replay/allowed-host.ts'
import {
  blankForm,
  composedInput,
  formProblems,
  withSample,
  type ComposeForm,
  type Signer,
} from './compose-form.ts'
import { changeForm, setForm } from './form-store.ts'
import { useComposedPreview } from './use-composed-preview.ts'

function firstSigner(
  endpoints: readonly Endpoint[],
  scheme: string | null,
  unsigned: boolean,
): Signer {
  if (scheme === null || unsigned) return 'nobody'
  return signersOf(endpoints, scheme)[0]?.id ?? 'secret'
}

/** Where it goes unless a person says otherwise: our own listener. */
function ownUrl(listening: string | undefined, form: ComposeForm, endpoints: readonly Endpoint[]) {
  const base = listening ?? 'http://127.0.0.1:4100'
  const endpoint = endpoints.find(({ id }) => id === form.signer)
  const matching = endpoint ?? endpoints.find(({ schemeId }) => schemeId === form.schemeId)
  const usual = form.schemeId === null ? '/test' : `/${form.schemeId}`
  return base + (form.schemeId !== null && matching ? matching.path.replace(/\*$/, '') : usual)
}

export function useSamples(schemeId: string | null) {
  return useQuery(api.compose.samples.queryOptions({ input: { schemeId } })).data ?? []
}

/** Begins with the first event of a provider; `null`: with a plain webhook that nobody signs. */
export function useBegin() {
  const endpoints = useEndpoints()
  return useMutation({
    mutationFn: async (schemeId: string | null) => {
      const options = api.compose.samples.queryOptions({ input: { schemeId } })
      const [sample] = await queryClient.fetchQuery(options)
      const signer = firstSigner(endpoints, schemeId, sample?.unsigned ?? false)
      const form = { ...blankForm, schemeId, signer }
      setForm(sample ? withSample(form, sample) : form)
    },
  })
}

/** A webhook that is being written: its form, what would go out, and sending it. */
export function useComposing(form: ComposeForm) {
  const endpoints = useEndpoints()
  const scheme: SchemeInfo | undefined = useSchemes().find(({ id }) => id === form.schemeId)
  const samples = useSamples(form.schemeId)
  const status = useQuery(api.status.get.queryOptions()).data
  const url = form.url ?? ownUrl(status?.listening?.url, form, endpoints)
  const problems = formProblems(form, url)
  const sendable = Object.keys(problems).length === 0
  const input = useMemo(
    () => (sendable ? composedInput(form, url, scheme) : null),
    [sendable, form, url, scheme],
  )
  const previewed = useComposedPreview(input)
  const send = useMutation({
    mutationFn: async () => {
      if (!input) throw new Error('It cannot be sent as it stands.')
      const sent = await withAllowedHost(() => client.compose.send(input))
      await queryClient.invalidateQueries({ queryKey: api.compose.history.key() })
      await queryClient.invalidateQueries({ queryKey: api.replays.key() })
      return sent
    },
    gcTime: 0,
  })
  const chooseEvent = (name: string) => {
    const sample = samples.find((each) => each.name === name)
    if (!sample) return
    const before = samples.find((each) => each.name === form.event)
    const changes = sample.unsigned || before?.unsigned
    const signer = changes ? firstSigner(endpoints, form.schemeId, sample.unsigned) : form.signer
    setForm(withSample({ ...form, signer }, sample))
  }
  return {
    form,
    change: changeForm,
    chooseEvent,
    samples,
    scheme,
    signers: signersOf(endpoints, form.schemeId),
    url,
    problems,
    sendable,
    previewed,
    send,
    isCredential: (header: RawHeader) => isCredentialHeader(header, scheme),
  }
}

export type Composing = ReturnType<typeof useComposing>
