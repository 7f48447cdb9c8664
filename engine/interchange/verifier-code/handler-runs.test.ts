import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { candidates, type Candidate, type Case } from './vectors.fixture.ts'
import { verifierCode } from './verifier-code.ts'

let folder: string
let found: Candidate[]
beforeAll(async () => {
  // Beside the packages, so that the generated modules find the frameworks.
  const packages = fileURLToPath(new URL('../../../node_modules/', import.meta.url))
  folder = mkdtempSync(join(packages, '.verifier-code-'))
  found = await candidates()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Three right and three wrong requests that one secret is for. */
function few({ cases, plan }: Candidate, onRoute: boolean): Case[] {
  if (onRoute && plan.uses.url) return []
  const [first] = cases
  const usable = cases.filter(
    ({ secrets, method, headers, damagedKey, allowed }) =>
      JSON.stringify(secrets) === JSON.stringify(first?.secrets) &&
      method === 'POST' &&
      !damagedKey &&
      allowed.length === 1 &&
      !/[^ -~]/.test(JSON.stringify(headers)),
  )
  const right = usable.filter(({ allowed }) => allowed[0] === 'accept').slice(0, 3)
  const wrong = usable.filter(({ allowed }) => allowed[0] === 'reject').slice(0, 3)
  return [...right, ...wrong]
}

interface Job {
  module: string
  framework: string
  route: string | null
  environment: Record<string, string>
  cases: Case[]
}

const statuses = { accept: [200], reject: [400, 401] }

function jobsFor(framework: 'nextjs' | 'workers' | 'hono' | 'express' | 'fastify' | Python): Job[] {
  const onRoute = framework !== 'nextjs' && framework !== 'workers'
  const jobs: Job[] = []
  for (const candidate of found) {
    const { plan, scheme } = candidate
    const cases = few(candidate, onRoute)
    const made = verifierCode(scheme, framework)
    if ('problem' in made || cases.length === 0) continue
    const node = made.language === 'typescript'
    const module = join(folder, `${framework}-${plan.id}.${node ? 'mjs' : 'py'}`)
    writeFileSync(module, node ? stripTypeScriptTypes(made.code) : made.code)
    const secrets = cases[0]?.secrets.join(plan.separator) ?? ''
    jobs.push({
      module,
      framework,
      route: onRoute ? `/webhooks/${plan.id}` : null,
      environment: { [plan.secretsVariable]: secrets },
      cases,
    })
  }
  return jobs
}

type Python = 'flask' | 'fastapi' | 'django'

function wrongAnswers(program: string, driver: URL, jobs: Job[]): string[] {
  const plan = join(folder, 'jobs.json')
  writeFileSync(plan, JSON.stringify(jobs))
  const framework = jobs[0]?.framework ?? ''
  const { stdout, stderr, status } = spawnSync(program, [fileURLToPath(driver), plan, framework], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  })
  if (status !== 0) throw new Error(stderr)
  const said = new Map<string, number>()
  for (const each of JSON.parse(stdout)) said.set(each.id, each.status)
  return jobs
    .flatMap(({ cases }) => cases)
    .filter(({ id, allowed }) => {
      const wanted = allowed[0] === 'accept' ? statuses.accept : statuses.reject
      return !wanted.includes(said.get(id) ?? 0)
    })
    .map(({ id, allowed }) => `${id}: ${said.get(id) ?? 'nothing'} for ${allowed.join()}`)
}

const nodeDriver = new URL('./drive-handlers.fixture.mjs', import.meta.url)
const pythonDriver = new URL('./drive-handlers.fixture.py', import.meta.url)

describe('the generated handlers answer right', () => {
  it.for(['nextjs', 'workers', 'hono', 'express', 'fastify'] as const)(
    '%s',
    (framework, context) => {
      if (framework !== 'nextjs' && framework !== 'workers' && !isInstalled(framework)) {
        context.skip(`${framework} is not installed.`)
      }
      const jobs = jobsFor(framework)
      expect(jobs.length).toBeGreaterThan(5)
      expect(wrongAnswers(process.execPath, nodeDriver, jobs)).toEqual([])
    },
  )

  it.for(['flask', 'fastapi', 'django'] as const)('%s', (framework, context) => {
    const python = ['python3', '/usr/bin/python3'].find(
      (program) => spawnSync(program, ['-c', `import cryptography, ${framework}`]).status === 0,
    )
    if (python === undefined) {
      context.skip(`There is no python3 with ${framework}.`)
      return
    }
    const jobs = jobsFor(framework)
    expect(jobs.length).toBeGreaterThan(5)
    expect(wrongAnswers(python, pythonDriver, jobs)).toEqual([])
  })
})

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}
