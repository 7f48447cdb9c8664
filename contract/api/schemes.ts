import { SchemeInfo } from '#contract/endpoint.ts'
import {
  SchemeDetail,
  SchemeId,
  SchemeProblem,
  TriedScheme,
  TryScheme,
} from '#contract/own-scheme.ts'
import { z } from 'zod'
import { base } from './base.ts'

export const schemesApi = {
  /** The catalogue, then those that people here described. */
  list: base.route({ method: 'GET', path: '/schemes' }).output(z.array(SchemeInfo)),
  get: base
    .route({ method: 'GET', path: '/schemes/{id}' })
    .input(z.object({ id: SchemeId }))
    .output(SchemeDetail),
  /** Adds an own scheme or changes it; its deliveries are judged anew. */
  save: base
    .route({ method: 'PUT', path: '/schemes' })
    .input(z.object({ scheme: z.unknown() }))
    .output(SchemeDetail),
  /** Refused while an endpoint uses it. */
  remove: base
    .route({ method: 'DELETE', path: '/schemes/{id}' })
    .input(z.object({ id: SchemeId }))
    .output(z.object({})),
  /** What is wrong with a scheme; empty: it can be saved. */
  check: base
    .route({ method: 'POST', path: '/schemes/check' })
    .input(z.object({ scheme: z.unknown() }))
    .output(z.array(SchemeProblem)),
  /** What a scheme that is still being written makes of a request; nothing is stored. */
  try: base.route({ method: 'POST', path: '/schemes/try' }).input(TryScheme).output(TriedScheme),
  /** The JSON Schema of a scheme, for editors. */
  jsonSchema: base
    .route({ method: 'GET', path: '/scheme-model' })
    .output(z.record(z.string(), z.unknown())),
}
