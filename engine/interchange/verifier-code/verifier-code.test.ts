import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scheme } from '#contract/scheme.ts'
import { stripe } from '#engine/signatures/schemes/stripe.ts'
import { svix } from '#engine/signatures/schemes/svix.ts'
import { allSchemes } from './vectors.fixture.ts'
import { verifierCode, verifierTargets, type VerifierTarget } from './verifier-code.ts'

let schemes: Scheme[]
beforeAll(async () => {
  schemes = await allSchemes()
})

function codeOf(scheme: Scheme, target: VerifierTarget): string {
  const made = verifierCode(scheme, target)
  if ('problem' in made) throw new Error(made.problem)
  return made.code
}

describe('verifierCode', () => {
  it('says for every scheme and target either how, or in a sentence why not', () => {
    const faults: string[] = []
    for (const scheme of schemes) {
      for (const { id, language } of verifierTargets) {
        const made = verifierCode(scheme, id)
        const right =
          'problem' in made
            ? /^\S.*\.$/.test(made.problem)
            : made.language === language &&
              made.code.includes(scheme.documentationUrl) &&
              !/\[object Object\]|\bundefined\b(?!>)/.test(made.code) &&
              made.notes.every((note) => note.endsWith('.'))
        if (!right) faults.push(`${scheme.id} for ${id}`)
      }
    }
    expect(faults).toEqual([])
    expect(schemes.length).toBeGreaterThan(100)
  })

  it('has no code only where a procedure or a language stands in the way', () => {
    const without = schemes.filter((scheme) => 'problem' in verifierCode(scheme, 'express'))
    expect(without.every(({ content }) => content.startsWith('special:'))).toBe(true)
  })

  it('compares in constant time in every language', () => {
    const comparisons: Record<(typeof verifierTargets)[number]['language'], string> = {
      typescript: 'timingSafeEqual(',
      python: 'hmac.compare_digest(',
      go: 'hmac.Equal(',
      ruby: 'OpenSSL.secure_compare(',
      php: 'hash_equals(',
      java: 'MessageDigest.isEqual(',
      csharp: 'CryptographicOperations.FixedTimeEquals(',
    }
    for (const { id, language } of verifierTargets) {
      expect(codeOf(stripe, id)).toContain(comparisons[language])
    }
  })

  it('takes the tolerance of the scheme', () => {
    for (const { id } of verifierTargets) {
      expect(codeOf(stripe, id)).toContain('300')
      const tolerance = { pastSeconds: 77, futureSeconds: 11 }
      const code = codeOf({ ...stripe, tolerance }, id)
      expect(code).toContain('77')
      expect(code).toContain('-11')
      expect(codeOf({ ...stripe, tolerance: null }, id)).not.toContain('too old')
    }
  })

  it('reads several secrets from one environment variable', () => {
    for (const { id } of verifierTargets) {
      expect(codeOf(svix, id)).toContain('SVIX_WEBHOOK_SECRETS')
    }
  })

  it('escapes what a scheme of a person’s own may contain', () => {
    const content = 'a"b\'c`d${e}#{f}\\g\n{timestamp}.{body}'
    for (const { id } of verifierTargets) {
      expect(codeOf({ ...stripe, content }, id)).not.toContain('a"b\'c`d${e}#{f}\\g\n')
    }
  })
})

const checkers = [
  { target: 'go', program: 'gofmt', args: ['-l'], name: 'main.go' },
  { target: 'ruby', program: 'ruby', args: ['-c'], name: 'webhook.rb' },
  { target: 'php', program: 'php', args: ['-l'], name: 'webhook.php' },
] as const

describe('the code is well formed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verifier-syntax-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.for(checkers)('$target', ({ target, program, args, name }, context) => {
    if (spawnSync(program, ['--help']).error) context.skip(`There is no ${program}.`)
    const odd: Scheme = {
      ...stripe,
      id: 'odd',
      content: 'a"b\'c`d${e}#{f}$g\\h\n{timestamp}.{body}',
    }
    for (const scheme of [...schemes.slice(0, 12), stripe, svix, odd]) {
      const made = verifierCode(scheme, target)
      if ('problem' in made) continue
      const file = join(folder, name)
      writeFileSync(file, made.code)
      const { status, stdout, stderr } = spawnSync(program, [...args, file], { encoding: 'utf8' })
      const unformatted = target === 'go' ? stdout : ''
      expect({ id: scheme.id, status, stderr, unformatted }).toEqual({
        id: scheme.id,
        status: 0,
        stderr: '',
        unformatted: '',
      })
    }
  })
})
