import type { Plan } from './plan.ts'
import { helpersFor, pythonImports } from './python-helpers.ts'
import { verifyFunction } from './python-verify.ts'
import { indent, lines, quoted } from './text.ts'
import { secretComment } from './words.ts'

export type PythonFramework = 'flask' | 'fastapi' | 'django'

/** A whole module for one framework, or for none: then without the code that calls `verify`. */
export function python(plan: Plan, framework: PythonFramework | null): string {
  const check = verifyFunction(plan)
  const { imports, code: handler } = framework
    ? handlers[framework](plan)
    : { imports: '', code: '' }
  const functions = [...helpersFor(plan, check), check]
  const origin = plan.uses.url
    ? lines(
        '# Where the sender calls: a proxy or tunnel may have changed what arrives here.',
        'PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN", "http://localhost:8000")',
      )
    : ''
  const start = lines(
    `"""Checks webhooks from ${plan.name}: ${plan.algorithm}.\n\n${plan.documentationUrl}\n"""\n`,
    `${pythonImports([...functions, 'os.environ'].join('\n'))}\n`,
    imports && `${imports}\n`,
    ...secretComment(plan).map((line) => `# ${line}`),
    'SECRETS = [',
    `    secret.strip()\n    for secret in os.environ.get(${quoted(plan.secretsVariable)}, "").split(${quoted(plan.separator)})`,
    '    if secret.strip()\n]',
    origin,
  )
  return `${[start, ...functions, ...(handler ? [handler] : [])].join('\n\n\n')}\n`
}

function guarded(
  plan: Plan,
  request: Record<'body' | 'method' | 'target' | 'refuse', string>,
): string {
  const values = [
    'request.headers',
    'body',
    'SECRETS',
    plan.uses.method && `method=${request.method}`,
    plan.uses.url && `url=PUBLIC_ORIGIN + ${request.target}`,
  ]
  const call = `verify(${values.filter((each) => each).join(', ')})`
  return indent(
    lines(
      `body = ${request.body}`,
      'try:',
      `    ${call}`,
      'except Refused as refusal:',
      `    return ${request.refuse}`,
      '# Genuine. What happened is in `body`.',
    ),
    4,
  )
}

const handlers: Record<PythonFramework, (plan: Plan) => { imports: string; code: string }> = {
  flask: (plan) => ({
    imports: 'from flask import Flask, Response, request',
    code: lines(
      'app = Flask(__name__)\n\n',
      plan.uses.compactJson
        ? `@app.route(${quoted(`/webhooks/${plan.id}`)}, methods=["GET", "POST"])`
        : `@app.post(${quoted(`/webhooks/${plan.id}`)})`,
      'def webhook():',
      guarded(plan, {
        body: 'request.get_data()  # the bytes as they came',
        method: 'request.method',
        target: 'request.full_path.rstrip("?")',
        refuse: 'Response(str(refusal), refusal.status)',
      }),
      '    return Response(status=200)',
    ),
  }),
  fastapi: (plan) => ({
    imports: lines(
      'from fastapi import FastAPI, Request, Response',
      repeats(plan) && 'from starlette.datastructures import Headers',
    ),
    code: lines(
      'app = FastAPI()\n\n',
      plan.uses.compactJson
        ? `@app.api_route(${quoted(`/webhooks/${plan.id}`)}, methods=["GET", "POST"])`
        : `@app.post(${quoted(`/webhooks/${plan.id}`)})`,
      'async def webhook(request: Request) -> Response:',
      guarded(plan, {
        body: 'await request.body()  # the bytes as they came',
        method: 'request.method',
        target: 'str(request.url.replace(scheme="", netloc=""))',
        refuse: 'Response(str(refusal), refusal.status)',
      }).replace(
        'request.headers,',
        repeats(plan)
          ? 'Headers({name: ", ".join(request.headers.getlist(name)) for name in request.headers}),'
          : 'request.headers,',
      ),
      '    return Response(status_code=200)',
    ),
  }),
  django: (plan) => ({
    imports:
      'from django.http import HttpRequest, HttpResponse\nfrom django.views.decorators.csrf import csrf_exempt',
    code: lines(
      `# urls.py: path("webhooks/${plan.id}", webhook)`,
      '@csrf_exempt',
      'def webhook(request: HttpRequest) -> HttpResponse:',
      guarded(plan, {
        body: 'request.body  # the bytes as they came',
        method: 'request.method',
        target: 'request.get_full_path()',
        refuse: 'HttpResponse(str(refusal), status=refusal.status)',
      }),
      '    return HttpResponse(status=200)',
    ),
  }),
}

/** Whether a header that occurs twice means something: Starlette would give only the first. */
function repeats({ signature }: Plan): boolean {
  return signature.repeatable || signature.split !== null
}
