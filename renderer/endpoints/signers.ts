import type { Endpoint } from '#contract/endpoint.ts'

/** Endpoints whose secrets can sign a scheme. */
export function signersOf(endpoints: readonly Endpoint[], schemeId: string | null): Endpoint[] {
  return endpoints.filter(
    (each) =>
      schemeId !== null &&
      each.schemeId === schemeId &&
      each.secrets.some(({ state }) => state === 'usable'),
  )
}
