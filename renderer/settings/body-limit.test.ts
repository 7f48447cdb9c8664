import { describe, expect, it } from 'vitest'
import { readBodyLimit, writeBodyLimit } from './body-limit.ts'

describe('the body limit', () => {
  it.each([
    ['25', 26_214_400],
    [' 1024 ', 1_073_741_824],
    ['0.001', 1049],
    ['1.5', 1_572_864],
  ])('%s MiB is %i bytes', (text, bytes) => {
    expect(readBodyLimit(text)).toEqual({ bytes })
  })

  it.each(['', '0', '-1', '1025', '1e3', 'ten', '0.0001'])('%s is refused in words', (text) => {
    expect(readBodyLimit(text)).toMatch(/number of MiB/)
  })

  it('reads what it wrote', () => {
    expect(readBodyLimit(writeBodyLimit(26_214_400))).toEqual({ bytes: 26_214_400 })
  })
})
