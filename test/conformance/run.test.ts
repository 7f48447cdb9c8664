import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const command = fileURLToPath(new URL('run.ts', import.meta.url))
const vectors = fileURLToPath(new URL('vectors', import.meta.url))

function conformance(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    encoding: 'utf8',
    timeout: 15_000,
  })
  return { status, stdout, stderr }
}

describe('the conformance command', () => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'countersign-vectors-'))
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  test('prints one JSON object and exits 0 when all agree', () => {
    const { status, stdout } = conformance(vectors, '--scheme', 'stripe', '--scheme', 'github')
    expect(JSON.parse(stdout)).toEqual({
      total: 9,
      agreed: 9,
      unsupported: 0,
      disagreed: [],
      resigned: 2,
      resignedWrongly: [],
    })
    expect(status).toBe(0)
  })

  test('exits 1 on a disagreement and names it', () => {
    const text = readFileSync(join(vectors, 'github.json'), 'utf8')
    writeFileSync(join(directory, 'github.json'), text.replace('"accept"', '"reject"'))
    const { status, stdout } = conformance(directory)
    expect(JSON.parse(stdout)).toMatchObject({
      agreed: 2,
      disagreed: [{ id: 'own-github-01', expected: 'reject', verdict: 'valid' }],
    })
    expect(status).toBe(1)
  })

  test('exits 2 on wrong usage and says what is wrong', () => {
    expect(conformance()).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') })
    const nowhere = conformance(join(directory, 'nowhere'))
    expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringContaining('no directory') })
    const unknown = conformance(vectors, '--scheme', 'nobody')
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('nobody') })
    writeFileSync(join(directory, 'broken.json'), '{')
    const broken = conformance(directory)
    expect(broken).toMatchObject({ status: 2, stderr: 'broken.json is not JSON.\n' })
    expect(conformance('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('DIR'),
    })
  })
})
