import type { Plan } from './plan.ts'
import { helpersFor, nodeImports } from './typescript-helpers.ts'
import { verifyFunction } from './typescript-verify.ts'
import { blocks, indent, lines, quoted } from './text.ts'
import { secretComment } from './words.ts'

export type TypeScriptFramework = 'express' | 'fastify' | 'nextjs' | 'hono' | 'workers'

/** A whole module for one framework. */
export function typescript(plan: Plan, framework: TypeScriptFramework): string {
  const check = verifyFunction(plan)
  const handler = handlers[framework](plan)
  const url = plan.uses.url ? publicUrl : ''
  const helpers = helpersFor(plan, check)
  const code = blocks(check, ...helpers)
  return `${blocks(
    `/*\n * Checks webhooks from ${plan.name}: ${plan.algorithm}.\n * ${plan.documentationUrl}\n */`,
    lines(nodeImports(code), handler.imports),
    secrets(plan),
    url,
    handler.code,
    check,
    ...helpers,
  )}\n`
}

const publicUrl = `/** The URL as the sender called it: a proxy or tunnel may have changed what arrives here. */
function publicUrl(pathAndQuery: string): string {
  return (process.env.PUBLIC_ORIGIN ?? "http://localhost:3000") + pathAndQuery;
}`

function secrets(plan: Plan): string {
  return lines(
    ...secretComment(plan).map((line) => `// ${line}`),
    `const secrets = (process.env.${plan.secretsVariable} ?? "")`,
    `  .split(${quoted(plan.separator)})`,
    '  .map((secret) => secret.trim())',
    '  .filter((secret) => secret !== "");',
  )
}

interface Handler {
  imports: string
  code: string
}

/** The call of `verify` and what becomes of a refusal. */
function guarded(plan: Plan, request: RequestExpressions, refuse: string): string {
  const delivery = [
    `headers: ${request.headers}`,
    'body',
    plan.uses.method && `method: ${request.method}`,
    plan.uses.url && `url: publicUrl(${request.target})`,
  ]
  return lines(
    'try {',
    `  verify({ ${delivery.filter((each) => each).join(', ')} }, secrets);`,
    '} catch (error) {',
    '  if (!(error instanceof Refused)) throw error;',
    `  ${refuse}`,
    '}',
    '// Genuine. What happened is in `body`.',
  )
}

interface RequestExpressions {
  headers: string
  method: string
  target: string
}

const fetchRequest: RequestExpressions = {
  headers: 'Object.fromEntries(request.headers)',
  method: 'request.method',
  target: 'new URL(request.url).pathname + new URL(request.url).search',
}

function route(plan: Plan): { method: 'post' | 'all'; path: string } {
  return { method: plan.uses.compactJson ? 'all' : 'post', path: `/webhooks/${plan.id}` }
}

const fetchRefusal = 'return new Response(error.message, { status: error.status });'

const handlers: Record<TypeScriptFramework, (plan: Plan) => Handler> = {
  express: (plan) => ({
    imports: 'import express from "express";',
    code: lines('export const app = express();', '').concat(
      '\n',
      lines(
        '// The bytes as they came: keep express.json() away from this route.',
        'const raw = express.raw({ type: () => true, limit: "5mb" });',
        `app.${route(plan).method}(${quoted(route(plan).path)}, raw, (request, response) => {`,
        '  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);',
        indent(
          guarded(
            plan,
            { headers: 'request.headers', method: 'request.method', target: 'request.originalUrl' },
            'return void response.status(error.status).send(error.message);',
          ),
          2,
        ),
        '  response.sendStatus(200);',
        '});',
      ),
    ),
  }),
  fastify: (plan) => ({
    imports: 'import Fastify from "fastify";',
    code: blocks(
      'export const app = Fastify();',
      lines(
        '// The bytes as they came, whatever their type.',
        'app.removeAllContentTypeParsers();',
        'app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));',
      ),
      lines(
        `app.${route(plan).method}(${quoted(route(plan).path)}, async (request, reply) => {`,
        '  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);',
        indent(
          guarded(
            plan,
            { headers: 'request.headers', method: 'request.method', target: 'request.originalUrl' },
            'return reply.code(error.status).send(error.message);',
          ),
          2,
        ),
        '  return reply.code(200).send();',
        '});',
      ),
    ),
  }),
  nextjs: (plan) => ({
    imports: '',
    code: lines(
      'export async function POST(request: Request): Promise<Response> {',
      '  const body = Buffer.from(await request.arrayBuffer());',
      indent(guarded(plan, fetchRequest, fetchRefusal), 2),
      '  return new Response(null, { status: 200 });',
      '}',
      plan.uses.compactJson && '\nexport const GET = POST;',
    ),
  }),
  hono: (plan) => ({
    imports: 'import { Hono } from "hono";',
    code: blocks(
      'export const app = new Hono();',
      lines(
        `app.${route(plan).method}(${quoted(route(plan).path)}, async (context) => {`,
        '  const body = Buffer.from(await context.req.arrayBuffer());',
        indent(
          guarded(
            plan,
            {
              headers: 'context.req.header()',
              method: 'context.req.method',
              target: 'new URL(context.req.url).pathname + new URL(context.req.url).search',
            },
            'return context.text(error.message, error.status);',
          ),
          2,
        ),
        '  return context.body(null, 200);',
        '});',
      ),
    ),
  }),
  workers: (plan) => ({
    imports: 'import { Buffer } from "node:buffer";',
    code: lines(
      'export default {',
      '  async fetch(request: Request): Promise<Response> {',
      '    const body = Buffer.from(await request.arrayBuffer());',
      indent(guarded(plan, fetchRequest, fetchRefusal), 4),
      '    return new Response(null, { status: 200 });',
      '  },',
      '};',
    ),
  }),
}
