import { useQuery } from '@tanstack/react-query'
import type { Endpoint, SchemeInfo } from '#contract/endpoint.ts'
import { api } from '#renderer/app/api.ts'

const noEndpoints: Endpoint[] = []
const noSchemes: SchemeInfo[] = []

export function useEndpoints(): Endpoint[] {
  return useQuery(api.endpoints.list.queryOptions()).data ?? noEndpoints
}

export function useSchemes(): SchemeInfo[] {
  return useQuery(api.schemes.list.queryOptions()).data ?? noSchemes
}
