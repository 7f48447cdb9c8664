import { registerHooks } from 'node:module'

/**
 * The framework begins to import this optional peer when it is loaded and never looks at the
 * outcome: without it Node ends the process for an unhandled rejection. Nothing here uses it.
 */
const OPTIONAL_PEER = 'zod-to-json-schema'
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === OPTIONAL_PEER
      ? { url: 'data:text/javascript,export const zodToJsonSchema = null', shortCircuit: true }
      : nextResolve(specifier, context),
})

export interface NovuAnswer {
  status: number
  body: unknown
}

/** What a request says to the receiver. */
export interface NovuCall {
  method: string
  target: string
  signature: string | null
  /** The body as a framework's JSON parser hands it over. */
  body: unknown
}

/** A bridge with one workflow, as `serve()` makes it, that checks every signature. */
export async function novuReceiver(
  secretKey: string,
): Promise<(call: NovuCall) => Promise<NovuAnswer>> {
  const { Client, NovuRequestHandler, workflow } = await import('@novu/framework/express')
  const welcome = workflow('welcome', async ({ step }) => {
    await step.email('send-email', async () => ({ subject: 'Welcome', body: 'Hello' }))
  })
  const handler = new NovuRequestHandler<[NovuCall], NovuAnswer>({
    frameworkName: 'express',
    client: new Client({ secretKey, strictAuthentication: true }),
    workflows: [welcome],
    handler: (call: NovuCall) => ({
      body: () => call.body,
      headers: (name: string) => (name === 'novu-signature' ? call.signature : null),
      method: () => call.method,
      url: () => new URL(call.target, 'http://127.0.0.1'),
      transformResponse: ({ status, body }: { status: number; body: string }) => ({
        status,
        body: JSON.parse(body),
      }),
    }),
  })
  return await Promise.resolve(handler.createHandler())
}
