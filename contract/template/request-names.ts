import { pathOf } from '#contract/http.ts'
import { isJson, JsonPlaces, parseJsonPath } from './json-at.ts'
import type { TemplateRequest } from './values.ts'
import type { Value, ValueName } from './value-names.ts'

type Shape = Omit<ValueName, 'of' | 'value'>

function ofRequest(
  shape: Shape,
  value: (request: TemplateRequest, argument: string) => Value | number | null,
): ValueName {
  return {
    ...shape,
    of: 'request',
    value: ([argument = ''], { request }) => {
      const found = request === null ? null : value(request, argument)
      return found === null ? '' : typeof found === 'number' ? String(found) : found
    },
  }
}

const NONE = [0, 0] as const
const ONE = [1, 1] as const

/** What a template can say of the request. */
export const REQUEST_NAMES: Readonly<Record<string, ValueName>> = {
  method: ofRequest(
    { usage: 'method', says: 'The method, such as POST.', takes: NONE },
    ({ method }) => method,
  ),
  path: ofRequest(
    { usage: 'path', says: 'The path, without the query.', takes: NONE },
    ({ target }) => pathOf(target),
  ),
  target: ofRequest(
    { usage: 'target', says: 'Path and query as sent.', takes: NONE },
    ({ target }) => target,
  ),
  query: ofRequest(
    { usage: 'query NAME', says: 'The first value of a query parameter.', takes: ONE },
    ({ target }, name) => queryOf(target, name),
  ),
  header: ofRequest(
    { usage: 'header NAME', says: 'A header; repeated ones joined with a comma.', takes: ONE },
    ({ rawHeaders }, name) => headerOf(rawHeaders, name),
  ),
  body: ofRequest({ usage: 'body', says: 'The whole body, as UTF-8.', takes: NONE }, ({ body }) =>
    body(),
  ),
  json: ofRequest(
    {
      usage: 'json $.PATH',
      says: 'A value of the JSON body: a text by itself, anything else as it is written there.',
      takes: ONE,
      check: ([path = '']) =>
        parseJsonPath(path) ? null : `“${path}” is no path such as $.data.id or $.items[0].id.`,
    },
    jsonOf,
  ),
  messageId: ofRequest(
    { usage: 'messageId', says: 'The message id, as the scheme finds it.', takes: NONE },
    ({ messageId }) => messageId,
  ),
  eventType: ofRequest(
    { usage: 'eventType', says: 'The event type, as the scheme finds it.', takes: NONE },
    ({ eventType }) => eventType,
  ),
  verdict: ofRequest(
    { usage: 'verdict', says: 'The verdict, such as valid.', takes: NONE },
    ({ verdict }) => verdict,
  ),
  timestamp: ofRequest(
    { usage: 'timestamp', says: 'The signed timestamp in unix seconds.', takes: NONE },
    ({ timestamp }) => timestamp,
  ),
  attempt: ofRequest(
    { usage: 'attempt', says: '1 for the first delivery of this message.', takes: NONE },
    ({ attempt }) => attempt,
  ),
}

function queryOf(target: string, name: string): string | null {
  const at = target.indexOf('?')
  return at === -1 ? null : new URLSearchParams(target.slice(at + 1)).get(name)
}

function headerOf(rawHeaders: TemplateRequest['rawHeaders'], name: string): string | null {
  const wanted = name.toLowerCase()
  const lines = rawHeaders.filter(([key]) => key.toLowerCase() === wanted)
  return lines.length === 0 ? null : lines.map(([, value]) => value).join(', ')
}

/** Bodies that are JSON, read once for all the values that a template takes from them. */
const jsonBodies = new WeakMap<TemplateRequest, JsonPlaces | null>()

function jsonOf(request: TemplateRequest, text: string): Value | null {
  let body = jsonBodies.get(request)
  if (body === undefined) {
    const whole = request.body()
    body = isJson(whole) ? new JsonPlaces(whole) : null
    jsonBodies.set(request, body)
  }
  const path = parseJsonPath(text)
  const json = path === null || body === null ? null : body.textAt(path)
  if (json === null) return null
  return json.startsWith('"') ? String(JSON.parse(json)) : { json }
}
