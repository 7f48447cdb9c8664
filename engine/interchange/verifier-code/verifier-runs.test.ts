import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from './python.ts'
import { typescript } from './typescript.ts'
import { candidates, disagreements, type Candidate, type Said } from './vectors.fixture.ts'

let folder: string
let found: Candidate[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verifier-code-'))
  found = await candidates()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a driver over all modules at once. */
function drive(program: string, driver: URL, jobs: unknown): Said[] {
  const plan = join(folder, 'jobs.json')
  writeFileSync(plan, JSON.stringify(jobs))
  const { stdout, stderr, status } = spawnSync(program, [fileURLToPath(driver), plan], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const nodeDriver = new URL('./drive-node.fixture.mjs', import.meta.url)
const pythonDriver = new URL('./drive-python.fixture.py', import.meta.url)

describe('the generated code agrees with the vectors', () => {
  it('in TypeScript', () => {
    const jobs = found.map(({ plan, cases }) => {
      const module = join(folder, `${plan.id}.mjs`)
      const code = stripTypeScriptTypes(typescript(plan, 'nextjs'))
      writeFileSync(module, `${code}\nexport { verify, Refused }\n`)
      return { module, cases }
    })
    const said = drive(process.execPath, nodeDriver, jobs)
    expect(
      disagreements(
        found.flatMap(({ cases }) => cases),
        said,
      ),
    ).toEqual([])
    expect(said.length).toBeGreaterThan(100)
  })

  it('in Python', (context) => {
    const withLibrary = spawnSync('python3', ['-c', 'import cryptography']).status === 0
    if (spawnSync('python3', ['--version']).status !== 0) context.skip('There is no python3.')
    const runnable = found.filter(({ plan }) => withLibrary || !needsLibrary(plan.proof.kind))
    const jobs = runnable.map(({ plan, cases }) => {
      const module = join(folder, `${plan.id.replaceAll('-', '_')}.py`)
      writeFileSync(module, python(plan, null))
      const { method, url } = plan.uses
      return {
        module,
        cases,
        parameters: [method && 'method', url && 'url'].filter((name) => name),
      }
    })
    const said = drive('python3', pythonDriver, jobs)
    expect(
      disagreements(
        runnable.flatMap(({ cases }) => cases),
        said,
      ),
    ).toEqual([])
  })
})

function needsLibrary(kind: string): boolean {
  return kind === 'ed25519' || kind === 'ecdsa' || kind === 'rsa'
}
