import type { Scheme } from '#contract/scheme.ts'
import { makePlan } from './make-plan.ts'
import type { Plan } from './plan.ts'
import { python } from './python.ts'
import { typescript } from './typescript.ts'

/** The frameworks that there is receiver code for, in the order in which they are offered. */
export const verifierTargets = [
  { id: 'express', label: 'TypeScript, Express', language: 'typescript' },
  { id: 'fastify', label: 'TypeScript, Fastify', language: 'typescript' },
  { id: 'nextjs', label: 'TypeScript, Next.js', language: 'typescript' },
  { id: 'hono', label: 'TypeScript, Hono', language: 'typescript' },
  { id: 'workers', label: 'TypeScript, Cloudflare Workers', language: 'typescript' },
  { id: 'flask', label: 'Python, Flask', language: 'python' },
  { id: 'fastapi', label: 'Python, FastAPI', language: 'python' },
  { id: 'django', label: 'Python, Django', language: 'python' },
] as const

export type VerifierTarget = (typeof verifierTargets)[number]['id']

export interface VerifierCode {
  /** As editors and highlighters call it. */
  language: string
  filename: string
  code: string
  /** What the person has to do beside pasting, a sentence each. */
  notes: string[]
}

/**
 * Receiver code that verifies a scheme, made from its data alone. `problem`: one sentence that says
 * why there is none for this target.
 */
export function verifierCode(
  scheme: Scheme,
  target: VerifierTarget,
): VerifierCode | { problem: string } {
  const plan = makePlan(scheme)
  if ('problem' in plan) return plan
  switch (target) {
    case 'express':
    case 'fastify':
    case 'nextjs':
    case 'hono':
    case 'workers':
      return { language: 'typescript', filename: 'webhook.ts', code: typescript(plan, target), notes: [] }
    case 'flask':
    case 'fastapi':
    case 'django':
      return { language: 'python', filename: 'webhook.py', code: python(plan, target), notes: [] }
  }
}

export type { Plan }
