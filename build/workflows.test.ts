import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, '.github/workflows')
const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))

const Texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const Step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: Texts.optional(),
  env: Texts.optional(),
  shell: z.string().optional(),
  'working-directory': z.string().optional(),
})
const Job = z.looseObject({
  'runs-on': z.string(),
  'timeout-minutes': z.number().max(60),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'none'])).optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  steps: z.array(Step).min(1),
})
const Workflow = z.looseObject({
  name: z.string(),
  on: z.union([z.string(), z.record(z.string(), z.unknown())]),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'none'])),
  jobs: z.record(z.string(), Job),
})

const textOf = (name: string) => readFileSync(path.join(folder, name), 'utf8')
/** The updater reads its feeds, which are YAML, with the reader that is at hand. */
const read = (name: string) =>
  Workflow.parse(parseUpdateInfo(textOf(name), name, new URL('file:///')))
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))

describe.each(files)('%s', (name) => {
  const workflow = read(name)
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)

  it('does one thing a step, with actions of a named version', () => {
    for (const step of steps) {
      expect([step.uses, step.run].filter((each) => each !== undefined)).toHaveLength(1)
    }
    for (const uses of steps.flatMap((step) => step.uses ?? [])) {
      expect(uses).toMatch(/^[\w-]+\/[\w-]+@(?:v\d+|[\da-f]{40})/)
    }
  })

  it('may read, and may more only where a job says so', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(workflow.on))).not.toContain(
      'pull_request_target',
    )
  })

  it('gives secrets to single steps by their environment, and words of others to no shell', () => {
    const outside = { ...workflow, jobs: {} }
    expect(JSON.stringify(outside)).not.toContain('secrets.')
    for (const job of Object.values(workflow.jobs)) {
      expect(JSON.stringify({ ...job, steps: [] })).not.toContain('secrets.')
    }
    for (const { run, with: given } of steps) {
      expect(run ?? '').not.toMatch(/\$\{\{/)
      expect(JSON.stringify(given ?? {})).not.toContain('secrets.')
    }
  })

  it('leaves no credentials in the checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout') === true)
    expect(checkouts.length).toBeGreaterThan(0)
    for (const { with: given } of checkouts) {
      expect(given).toMatchObject({ 'persist-credentials': false })
    }
  })

  it('runs scripts and files that there are', () => {
    for (const { run = '' } of steps) {
      for (const [, script = ''] of run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
        expect(Object.keys(scripts)).toContain(script)
      }
      for (const [, file = ''] of run.matchAll(/\bnode ([\w/-]+\.ts)/g)) {
        expect(() => readFileSync(path.join(root, file))).not.toThrow()
      }
    }
  })
})

describe('the release', () => {
  const { jobs, on } = read('release.yml')

  it('is made of tags alone, for three systems', () => {
    expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+*'] } })
    expect(jobs['package']).toMatchObject({
      strategy: { matrix: { os: ['ubuntu-latest', 'macos-latest', 'windows-latest'] } },
    })
  })

  it('has checksums, a bill of materials, provenance and npm, in the order in which they build on each other', () => {
    const all = (jobs['publish']?.steps ?? []).map(({ uses, run }) => `${uses ?? ''}${run ?? ''}`)
    const order = [
      /pack:cli/,
      /npm run sbom/,
      /feed-key\.ts --sign/,
      /sha256sum/,
      /attest-build-provenance/,
      /gh release create/,
      /npm publish --provenance/,
    ].map((pattern) => all.findIndex((step) => pattern.test(step)))
    expect(order).not.toContain(-1)
    expect([...order].sort((a, b) => a - b)).toEqual(order)
  })

  it('may write only where it publishes', () => {
    for (const [id, { permissions }] of Object.entries(jobs)) {
      expect(permissions).toEqual(
        id === 'publish'
          ? { contents: 'write', 'id-token': 'write', attestations: 'write' }
          : undefined,
      )
    }
  })
})
