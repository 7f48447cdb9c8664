import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Scheme } from '#contract/scheme.ts'
import { makePlan } from './make-plan.ts'
import type { Plan } from './plan.ts'

const Vector = z.object({
  id: z.string(),
  kind: z.string(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    bodyBase64: z.string(),
  }),
  secret: z.string(),
  settings: z.record(z.string(), z.string()).optional(),
  now: z.number(),
  expected: z.enum(['accept', 'reject']),
  ruleVerdict: z.enum(['accept', 'reject']).optional(),
})
const VectorFile = z.object({ scheme: z.string(), vectors: z.array(Vector) })

const root = new URL('../../../', import.meta.url)
/** Beside the project, where there are more vectors than the project carries; absent elsewhere. */
export const sharedVectors = new URL('../shared/vectors/', root)
const ownVectors = new URL('test/conformance/vectors/', root)

/** One request for generated code, as its driver reads it. */
export interface Case {
  id: string
  method: string
  url: string
  /** Repeats joined with `, `. */
  headers: Record<string, string>
  bodyBase64: string
  secrets: string[]
  environment: Record<string, string>
  now: number
  allowed: string[]
  /** The key itself is damaged: code may break on it as well as refuse. */
  damagedKey: boolean
}

export interface Candidate {
  scheme: Scheme
  plan: Plan
  cases: Case[]
}

/** Every scheme file there is. */
export async function allSchemes(): Promise<Scheme[]> {
  const folder = new URL('engine/signatures/schemes/', root)
  const found: Scheme[] = []
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    const module: Record<string, unknown> = await import(fileURLToPath(new URL(name, folder)))
    for (const value of Object.values(module)) {
      const parsed = Scheme.safeParse(value)
      if (parsed.success) found.push(parsed.data)
    }
  }
  return found
}

/** The schemes that generated code can verify, with their vectors. */
export async function candidates(): Promise<Candidate[]> {
  const found: Candidate[] = []
  const vectors = [...readVectors(ownVectors), ...readVectors(sharedVectors)]
  for (const scheme of await allSchemes()) {
    const plan = makePlan(scheme)
    if ('problem' in plan) continue
    const own = vectors.filter((file) => file.scheme === scheme.id).flatMap((file) => file.vectors)
    const cases = own.map((vector) => caseOf(scheme, plan, vector))
    if (cases.length > 0) found.push({ scheme, plan, cases: [...cases, ...rotated(cases)] })
  }
  return found
}

/** A right request while two secrets count, the other one first. */
function rotated(cases: readonly Case[]): Case[] {
  const right = cases.find(({ allowed }) => allowed.join() === 'accept')
  const [wanted] = right?.secrets ?? []
  const other = cases.find(({ secrets, damagedKey }) => !damagedKey && secrets[0] !== wanted)
  if (!right || !other) return []
  const secrets = [...other.secrets.slice(0, 1), ...right.secrets]
  return [{ ...right, id: `${right.id}-rotated`, secrets }]
}

function readVectors(folder: URL): z.infer<typeof VectorFile>[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => VectorFile.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
}

function caseOf(scheme: Scheme, plan: Plan, vector: z.infer<typeof Vector>): Case {
  const { request, settings = {} } = vector
  const headers: Record<string, string> = {}
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase()
    headers[lower] = lower in headers ? `${headers[lower]}, ${value}` : value
  }
  const keys = (scheme.settings ?? []).filter(({ alsoKey }) => alsoKey).map(({ name }) => name)
  const environment: Record<string, string> = {}
  for (const { name, variable } of plan.settings) environment[variable] = settings[name] ?? ''
  return {
    id: vector.id,
    method: request.method,
    url: request.url,
    headers,
    bodyBase64: request.bodyBase64,
    secrets: [vector.secret, ...keys.map((name) => settings[name] ?? '')].filter(
      (key) => key !== '',
    ),
    environment,
    now: vector.now,
    damagedKey: vector.kind === 'key-too-short',
    allowed: [vector.expected, ...(vector.ruleVerdict ? [vector.ruleVerdict] : [])],
  }
}

/** What generated code said of one case: `accept`, `reject`, or how it broke. */
export interface Said {
  id: string
  said: string
}

/** The cases that generated code judged otherwise than it may. */
export function disagreements(cases: readonly Case[], said: readonly Said[]): string[] {
  const verdicts = new Map(said.map((each) => [each.id, each.said]))
  return cases
    .filter(({ id, allowed, damagedKey }) => {
      const verdict = verdicts.get(id) ?? 'nothing'
      return !allowed.includes(verdict) && !(damagedKey && verdict.startsWith('broke'))
    })
    .map(
      ({ id, allowed }) =>
        `${id}: ${verdicts.get(id) ?? 'nothing'} instead of ${allowed.join('|')}`,
    )
}
