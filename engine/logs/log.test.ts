import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from './log.ts'
import { parseLogLine, readLog } from './read-log.ts'
import { OLD_FILES, RotatingFile } from './rotating-file.ts'
import { errorFacts, scrubText } from './scrub.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'countersign-logs-')), 'logs')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

describe('the log', () => {
  it('is JSON, a line each, closed to others; graver lines are found by level', () => {
    const log = openLog({ folder, from: 'engine', level: 'info' })
    log.info('started', { port: 4100 })
    log.debug('call', { call: 'status.get' })
    log.error('call-failed', new Error('no room'), { call: 'x' })
    log.close()
    const lines = readLog(folder, 10)
    expect(lines).toMatchObject([
      { level: 'info', from: 'engine', event: 'started', port: 4100 },
      { level: 'error', event: 'call-failed', call: 'x', error: { message: 'no room' } },
    ])
    expect(readLog(folder, 10, 'error')).toHaveLength(1)
    expect(statSync(join(folder, 'engine.log')).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('takes known secrets out of whatever is said', () => {
    const log = openLog({ folder, from: 'engine' })
    log.guard(() => ['s3cret-value'])
    log.warn('problem', { sentence: 'It has s3cret-value in it' })
    log.error('failed', new Error('s3cret-value broke', { cause: new Error('s3cret-value') }))
    log.close()
    expect(readFileSync(join(folder, 'engine.log'), 'utf8')).not.toContain('s3cret')
  })

  it('writes what is unmasked only when it was asked to', () => {
    for (const bodies of [false, true]) {
      const log = openLog({ folder, from: 'engine', level: 'debug', bodies })
      log.unmasked('delivery-unmasked', { body: 'the body' })
      log.close()
    }
    expect(readLog(folder, 10)).toHaveLength(1)
  })

  it('does not throw when it cannot be written, and says so once', () => {
    writeFileSync(folder, 'a file where the folder should be')
    const failures: unknown[] = []
    const log = openLog({ folder, from: 'engine', onFailure: (error) => failures.push(error) })
    log.info('one')
    log.info('two')
    expect(failures).toHaveLength(1)
  })

  it('passes over lines that a crash cut', () => {
    const log = openLog({ folder, from: 'desktop' })
    log.info('whole')
    log.close()
    writeFileSync(join(folder, 'desktop.log'), '{"at":"2026', { flag: 'a' })
    expect(readLog(folder, 10)).toHaveLength(1)
    expect(parseLogLine('null')).toBeNull()
  })
})

describe('rotation', () => {
  it('bounds the bytes, keeps the newest and loses no line among them', () => {
    const file = new RotatingFile(folder, 'engine', 1_000)
    for (let n = 0; n < 200; n++) file.append(`${n} ${'x'.repeat(40)}`)
    file.close()
    const names = readdirSync(folder)
    expect(names).toHaveLength(OLD_FILES + 1)
    for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000)
    const ages = [...Array(OLD_FILES).keys()].map((age) => `engine.${OLD_FILES - age}.log`)
    const numbers = [...ages, 'engine.log']
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
      .map((line) => Number(line.split(' ')[0]))
    expect(numbers.at(-1)).toBe(199)
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
  })

  it('goes on where an earlier run ended', () => {
    for (let run = 0; run < 3; run++) {
      const file = new RotatingFile(folder, 'engine', 1_000)
      file.append('x'.repeat(400))
      file.close()
    }
    expect(readdirSync(folder).sort()).toEqual(['engine.1.log', 'engine.log'])
  })
})

describe('scrubbing', () => {
  it('leaves no query, quoted value or token, and keeps what says where', () => {
    let error: unknown
    try {
      JSON.parse('{"token": whsec_abcdef}')
    } catch (thrown) {
      error = thrown
    }
    const facts = errorFacts(error, [])
    expect(JSON.stringify(facts)).not.toContain('whsec')
    expect(facts.stack.join('\n')).toContain('log.test.ts')
    const text = scrubText('GET /hook?token=abc from http://u:p@host/x failed', [])
    expect(text).toBe('GET /hook?[…] from http://[…]@host/x failed')
    expect(errorFacts(new Error('bad value “hunter22” here'), []).message).not.toContain('hunter22')
  })

  it('finds any token-like text and any known secret, wherever they stand', () => {
    const token = fc
      .stringMatching(/^[A-Za-z0-9]{24,60}$/)
      .filter((text) => /\d/.test(text) && /[A-Za-z]/.test(text))
    fc.assert(
      fc.property(token, fc.string({ minLength: 6 }), fc.lorem(), (text, secret, words) => {
        expect(scrubText(`${words} ${text} ${words}`, [])).not.toContain(text)
        fc.pre(!words.includes(secret) && !'[…]'.includes(secret))
        expect(scrubText(`${words}${secret}${words}`, [secret])).not.toContain(`${words}${secret}`)
      }),
    )
  })
})
