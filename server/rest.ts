import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIHandler } from '@orpc/openapi/node'
import type { AnyRouter, Context } from '@orpc/server'
import { BodyLimitPlugin } from '@orpc/server/node'
import type { StandardHandlerOptions } from '@orpc/server/standard'
import { experimental_ZodSmartCoercionPlugin as ZodCoercionPlugin } from '@orpc/zod/zod4'
import { openApiDocument } from './openapi.ts'
import { INERT_POLICY } from './static-files.ts'

/** As the control socket: a pasted request with a body of some 25 MiB as base64. */
const MAX_BODY_BYTES = 64 * 1024 * 1024

type Interceptor = NonNullable<StandardHandlerOptions<Context>['rootInterceptors']>[number]

/** Captured bytes go out as a download without a type: no browser may take them for a page. */
const neverAPage: Interceptor = async (options) => {
  const result = await options.next()
  if (!result.matched || !(result.response.body instanceof Blob)) return result
  const { response } = result
  return {
    ...result,
    response: {
      ...response,
      body: new Blob([result.response.body], { type: 'application/octet-stream' }),
      headers: { ...response.headers, 'content-disposition': 'attachment; filename="body.bin"' },
    },
  }
}

/**
 * The contract as REST under `/api`, with its OpenAPI document at `/api/openapi.json`.
 *
 * @returns a handler that resolves to false when nothing of that method and path is there
 */
export function createRest(
  router: AnyRouter,
  version: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const handler = new OpenAPIHandler<Context>(router, {
    plugins: [
      new BodyLimitPlugin<Context>({ maxBodySize: MAX_BODY_BYTES }),
      new ZodCoercionPlugin<Context>(),
    ],
    rootInterceptors: [neverAPage],
  })
  let document: Promise<string> | null = null
  return async (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Security-Policy', INERT_POLICY)
    if (request.method === 'GET' && request.url === '/api/openapi.json') {
      document ??= openApiDocument(version).then((made) => JSON.stringify(made))
      response.setHeader('Content-Type', 'application/json')
      response.end(await document)
      return true
    }
    const { matched } = await handler.handle(request, response, { prefix: '/api', context: {} })
    return matched
  }
}
