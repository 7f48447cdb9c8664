import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readKeymap } from './keymap-file.ts'

it('reads any keymap back as it was written', () => {
  const ids = fc.string({ minLength: 1, maxLength: 60 }).filter((id) => id !== '__proto__')
  const keys = fc.array(fc.string({ maxLength: 40 }), { maxLength: 4 })
  fc.assert(
    fc.property(fc.dictionary(ids, keys), (keymap) => {
      const read = readKeymap(JSON.stringify(keymap), 'keymap.json')
      expect(read.problem).toBeNull()
      expect(Object.entries(read.keymap)).toEqual(Object.entries(keymap))
    }),
  )
})

it('never throws, and names the file where it cannot be used', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { keymap, problem } = readKeymap(text, 'keymap.json')
      const told = problem ?? 'keymap.json is not used: no. The default keys are in effect.'
      expect(told).toMatch(/^keymap\.json is not used: .+ The default keys are in effect\.$/s)
      expect(problem === null || Object.keys(keymap).length === 0).toBe(true)
    }),
  )
})
