import type { Scheme } from '#contract/scheme.ts'
import { csharp } from './csharp.ts'
import { fit, type Layout } from './fit.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { makePlan } from './make-plan.ts'
import { notesFor, shortcomingOf } from './notes.ts'
import { php } from './php.ts'
import type { Plan } from './plan.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import { typescript } from './typescript.ts'
import { className } from './words.ts'

/** What there is receiver code for, in the order in which it is offered. */
export const verifierTargets = [
  { id: 'express', label: 'TypeScript, Express', language: 'typescript' },
  { id: 'fastify', label: 'TypeScript, Fastify', language: 'typescript' },
  { id: 'nextjs', label: 'TypeScript, Next.js', language: 'typescript' },
  { id: 'hono', label: 'TypeScript, Hono', language: 'typescript' },
  { id: 'workers', label: 'TypeScript, Cloudflare Workers', language: 'typescript' },
  { id: 'flask', label: 'Python, Flask', language: 'python' },
  { id: 'fastapi', label: 'Python, FastAPI', language: 'python' },
  { id: 'django', label: 'Python, Django', language: 'python' },
  { id: 'go', label: 'Go, net/http', language: 'go' },
  { id: 'ruby', label: 'Ruby, Sinatra', language: 'ruby' },
  { id: 'php', label: 'PHP', language: 'php' },
  { id: 'spring', label: 'Java, Spring', language: 'java' },
  { id: 'aspnet', label: 'C#, ASP.NET Core', language: 'csharp' },
] as const

export type VerifierTarget = (typeof verifierTargets)[number]['id']
export type VerifierLanguage = (typeof verifierTargets)[number]['language']

export interface VerifierCode {
  /** As editors and highlighters call it. */
  language: VerifierLanguage
  filename: string
  code: string
  /** What the person has to do or know beside pasting, a sentence each. */
  notes: string[]
}

/**
 * Receiver code that verifies a scheme, made from its data alone. It reads the secrets from an
 * environment variable. `problem`: one sentence that says why there is none for this target.
 */
export function verifierCode(
  scheme: Scheme,
  target: VerifierTarget,
): VerifierCode | { problem: string } {
  const plan = makePlan(scheme)
  if ('problem' in plan) return plan
  const { language, filename, print } = printers[target]
  const layout = layouts[language]
  const shortcoming = shortcomingOf(plan, language)
  if (shortcoming) return { problem: shortcoming }
  return {
    language,
    filename: filename(plan),
    code: fit(print(plan), layout),
    notes: notesFor(plan, target, language),
  }
}

const layouts: Record<VerifierLanguage, Layout> = {
  typescript: { width: 90, indent: '  ', lastComma: ',' },
  python: { width: 99, indent: '    ', lastComma: ',' },
  go: { width: 120, indent: '\t', lastComma: ',' },
  ruby: { width: 110, indent: '  ', lastComma: '' },
  php: { width: 110, indent: '    ', lastComma: ',' },
  java: { width: 110, indent: '    ', lastComma: '' },
  csharp: { width: 110, indent: '    ', lastComma: '' },
}

interface Printer {
  language: VerifierLanguage
  filename: (plan: Plan) => string
  print: (plan: Plan) => string
}

const printers: Record<VerifierTarget, Printer> = {
  express: node('express'),
  fastify: node('fastify'),
  nextjs: { ...node('nextjs'), filename: ({ id }) => `app/webhooks/${id}/route.ts` },
  hono: node('hono'),
  workers: node('workers'),
  flask: snake('flask'),
  fastapi: snake('fastapi'),
  django: snake('django'),
  go: { language: 'go', filename: () => 'main.go', print: go },
  ruby: {
    language: 'ruby',
    filename: ({ id }) => `${id.replace(/-/g, '_')}_webhook.rb`,
    print: ruby,
  },
  php: { language: 'php', filename: ({ id }) => `${id}-webhook.php`, print: php },
  spring: { language: 'java', filename: ({ id }) => `${className(id)}.java`, print: java },
  aspnet: { language: 'csharp', filename: () => 'Program.cs', print: csharp },
}

function node(framework: Parameters<typeof typescript>[1]): Printer {
  return {
    language: 'typescript',
    filename: ({ id }) => `${id}-webhook.ts`,
    print: (plan) => typescript(plan, framework),
  }
}

function snake(framework: Parameters<typeof python>[1]): Printer {
  return {
    language: 'python',
    filename: ({ id }) => `${id.replace(/-/g, '_')}_webhook.py`,
    print: (plan) => python(plan, framework),
  }
}
