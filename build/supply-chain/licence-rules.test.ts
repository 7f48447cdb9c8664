import { describe, expect, it } from 'vitest'
import { licenceAllows, licenceRead } from './licence-rules.ts'

describe('licences', () => {
  it.each([
    ['MIT', true, true],
    ['(MIT OR CC0-1.0)', true, true],
    ['(WTFPL OR MIT)', true, true],
    ['(MIT AND BSD-3-Clause)', true, true],
    ['(Apache-2.0 AND BSD-3-Clause)', true, true],
    ['(AFL-2.1 OR BSD-3-Clause)', true, true],
    ['MIT License', true, true],
    ['MPL-2.0', false, true],
    ['MIT AND MPL-2.0', false, true],
    ['GPL-3.0', false, false],
    ['MIT AND GPL-3.0', false, false],
    ['(GPL-2.0 OR MIT) AND AGPL-3.0-only', false, false],
    ['GPL-2.0 WITH Classpath-exception-2.0', false, false],
    ['MIT WITH something', false, false],
    ['SEE LICENSE IN LICENSE', false, false],
    ['UNLICENSED', false, false],
    ['', false, false],
  ])('%s: shipped %s, in development %s', (expression, shipped, development) => {
    expect(licenceAllows(expression, 'shipped')).toBe(shipped)
    expect(licenceAllows(expression, 'development')).toBe(development)
  })

  it('that a person read count for that version alone', () => {
    expect(licenceRead('mercadopago', '3.6.1')).toContain('MIT')
    expect(licenceRead('mercadopago', '3.6.2')).toBeNull()
  })
})
