import type { OpenAPI } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { api } from '#contract/api.ts'
import { CheckReport } from '#contract/check.ts'
import { Delivery, DeliveryRow } from '#contract/delivery.ts'
import { Diagnosis } from '#contract/diagnosis.ts'
import { Endpoint, SchemeInfo, SecretInfo } from '#contract/endpoint.ts'
import { Hygiene } from '#contract/hygiene.ts'
import { Overview } from '#contract/overview.ts'
import { Replay } from '#contract/replay.ts'
import { Scheme } from '#contract/scheme.ts'
import { Settings } from '#contract/settings.ts'
import { Status } from '#contract/status.ts'
import { Explanation, Verification } from '#contract/verification.ts'
import { callSentences } from './call-sentences.ts'

/** Shapes that several calls answer with, or that are long: they get a name in the document. */
const shapes = {
  CheckReport,
  Delivery,
  DeliveryRow,
  Diagnosis,
  Endpoint,
  Explanation,
  Hygiene,
  Overview,
  Replay,
  Scheme,
  SchemeInfo,
  SecretInfo,
  Settings,
  Status,
  Verification,
}

/** The only value of the contract that JSON Schema has no word for: a range of body bytes. */
const BINARY = { type: 'string', contentMediaType: 'application/octet-stream' } as const

/**
 * The OpenAPI document of the contract; a call's id is `area.name`, its tag the area.
 *
 * @param sentences - what each call does, by its id
 */
export async function openApiDocument(
  version: string,
  sentences: Readonly<Record<string, string>> = callSentences,
): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({
    schemaConverters: [new ZodToJsonSchemaConverter({ unsupportedJsonSchema: BINARY })],
  })
  const document = await generator.generate(api, {
    info: { title: 'Countersign', version },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    commonSchemas: Object.fromEntries(
      Object.entries(shapes).map(([name, schema]) => [
        name,
        { schema, strategy: 'output' as const },
      ]),
    ),
  })
  for (const { operation } of operationsOf(document)) {
    const id = operation.operationId ?? ''
    operation.tags = [id.split('.')[0] ?? '']
    const description = sentences[id]
    if (description !== undefined) operation.description = description
  }
  return document
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

export interface ApiOperation {
  /** In capitals. */
  method: string
  path: string
  operation: OpenAPI.OperationObject
}

/** Every call of the document, in its order. */
export function operationsOf(document: OpenAPI.Document): ApiOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method]
      return operation ? [{ method: method.toUpperCase(), path, operation }] : []
    }),
  )
}
