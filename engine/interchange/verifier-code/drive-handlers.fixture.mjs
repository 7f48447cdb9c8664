// Calls generated handlers: `node drive-handlers.fixture.mjs PLAN.json` prints the statuses.
import { readFileSync } from 'node:fs'
import { request } from 'node:http'

const callers = {
  nextjs: ({ POST }) => fetched(POST),
  workers: (made) => fetched(made.default.fetch),
  hono: ({ app }) => fetched((made) => app.fetch(made)),
  fastify: async ({ app }) => {
    await app.listen({ host: '127.0.0.1', port: 0 })
    return connected(app.server.address().port, () => app.close())
  },
  express: async ({ app }) => {
    const server = await new Promise((resolve) => {
      const opened = app.listen(0, '127.0.0.1', () => resolve(opened))
    })
    return connected(server.address().port, () => server.close())
  },
}

const jobs = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const said = []
for (const { module, framework, route, environment, cases } of jobs) {
  Object.assign(process.env, environment)
  const made = await import(module)
  const call = await callers[framework](made)
  for (const each of cases) {
    Object.assign(process.env, each.environment, { PUBLIC_ORIGIN: new URL(each.url).origin })
    Date.now = () => each.now * 1000
    const { pathname, search } = new URL(each.url)
    const target = route ?? pathname + search
    const body = Buffer.from(each.bodyBase64, 'base64')
    const status = await call({ target, method: each.method, headers: each.headers, body })
    said.push({ id: each.id, status })
  }
  await call.close?.()
}
console.log(JSON.stringify(said))

function fetched(handle) {
  return async ({ target, method, headers, body }) => {
    const withBody = method === 'GET' || method === 'HEAD' ? {} : { body }
    const made = new Request(`http://localhost${target}`, { method, headers, ...withBody })
    return (await handle(made)).status
  }
}

/** Over a real connection, so that the framework's own parsing takes part. */
function connected(port, close) {
  const call = ({ target, method, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': String(body.length) }
      const sent = request({ port, path: target, method, headers: { ...headers, ...length } })
      sent.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode)))
      sent.on('error', reject)
      sent.end(body)
    })
  return Object.assign(call, { close })
}
