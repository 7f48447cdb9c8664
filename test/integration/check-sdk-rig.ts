import http from 'node:http'
import express from 'express'
import type { RawHeader } from '#contract/http.ts'
import { sdkAccepts } from '#test/interop/both.ts'
import type { InteropCase } from '#test/interop/interop-case.ts'
import { closed, listening, type Handler } from './check-rig.ts'

/** Express as providers' pages show it: the raw body, the provider's own package, 400 or 200. */
export async function expressHandler(each: InteropCase): Promise<Handler> {
  const app = express()
  app.disable('x-powered-by')
  app.post('/webhooks', express.raw({ type: () => true, limit: '2mb' }), (request, response) => {
    void accepted(each, request).then(
      (isRight) => response.status(isRight ? 200 : 400).json({ received: isRight }),
      () => response.status(400).json({ received: false }),
    )
  })
  app.all('/webhooks', (_request, response) => void response.status(405).end())
  // What the body parser refuses (too large, an unknown coding) is the client's error.
  app.use(
    (
      error: { status?: number },
      _request: express.Request,
      response: express.Response,
      _next: express.NextFunction,
    ) => void response.status(error.status ?? 500).end(),
  )
  const server = http.createServer(app)
  return { url: `${await listening(server)}/webhooks`, close: () => closed(server) }
}

function accepted(each: InteropCase, request: express.Request): Promise<boolean> {
  const rawHeaders: RawHeader[] = []
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    rawHeaders.push([request.rawHeaders[at] ?? '', request.rawHeaders[at + 1] ?? ''])
  }
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const { publicUrl } = each.settings ?? {}
  const here = `http://${request.headers.host ?? ''}${request.originalUrl}`
  return sdkAccepts(each, { method: request.method, url: publicUrl ?? here, rawHeaders, body })
}
