import { useMutation, useQuery } from '@tanstack/react-query'
import type { CheckReport } from '#contract/check.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { signersOf } from '#renderer/endpoints/signers.ts'
import { withAllowedHost } from '#renderer/replay/allowed-host.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import {
  blankCheck,
  checkInput,
  checkProblems,
  setCheckForm,
  useCheckForm,
  type CheckForm,
} from './check-form-state.ts'

function useReport(id: number | null): { report: CheckReport | undefined; error: unknown } {
  const found = useQuery({
    ...api.checks.get.queryOptions({ input: { id: id ?? 0 } }),
    enabled: id !== null,
  })
  return { report: id === null ? undefined : found.data, error: id === null ? null : found.error }
}

/** A check that is set up, one that runs, and the report that is looked at. */
export function useChecking(id: number | null) {
  const endpoints = useEndpoints()
  const schemes = useSchemes()
  const entered = useCheckForm()
  const { report, error } = useReport(id)
  const [first] = endpoints.filter(
    (each) => each.schemeId !== null && signersOf([each], each.schemeId).length > 0,
  )
  const form: CheckForm = entered ?? {
    ...blankCheck,
    schemeId: first?.schemeId ?? null,
    endpointId: first?.id ?? null,
  }
  const scheme = schemes.find((each) => each.id === form.schemeId)
  const change = (to: Partial<CheckForm>) => setCheckForm({ ...form, ...to })
  const start = useMutation({
    mutationFn: async (asked: CheckForm) => {
      const { schemeId } = asked
      if (schemeId === null) throw new Error('Choose how its provider signs.')
      const input = checkInput(
        asked,
        schemeId,
        schemes.find((each) => each.id === schemeId),
      )
      return withAllowedHost(() => client.checks.start(input))
    },
    onSuccess: (started) => {
      queryClient.setQueryData(api.checks.get.queryKey({ input: { id: started.id } }), started)
      go({ view: { kind: 'checks', checkId: started.id }, query: '', deliveryId: null })
      return queryClient.invalidateQueries({ queryKey: api.checks.list.key() })
    },
  })
  const runWith = (asked: CheckForm) => {
    if (Object.keys(checkProblems(asked)).length > 0 || start.isPending) return
    start.mutate(asked)
  }
  return {
    form,
    change,
    scheme,
    signers: signersOf(endpoints, form.schemeId),
    chooseScheme: (schemeId: string | null) =>
      change({ schemeId, endpointId: signersOf(endpoints, schemeId)[0]?.id ?? null }),
    report,
    problem: error ? errorSentence(error) : null,
    running: report?.state === 'running',
    start,
    startProblem: start.error ? errorSentence(start.error) : '',
    run: () => runWith(form),
    /** The handler and scheme of a report, with the secrets that are entered now. */
    runAgain: ({ url, schemeId }: Pick<CheckReport, 'url' | 'schemeId'>) => {
      const same = form.schemeId === schemeId
      const endpointId = same ? form.endpointId : (signersOf(endpoints, schemeId)[0]?.id ?? null)
      const asked = { ...form, url, schemeId, endpointId }
      setCheckForm(asked)
      runWith(asked)
    },
  }
}

export type Checking = ReturnType<typeof useChecking>
