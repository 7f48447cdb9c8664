import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#contract/template/parse-template.ts'
import { createRandom } from '#contract/template/random.ts'
import { renderTemplate } from '#contract/template/render-template.ts'
import { asTemplate, templateProblem } from './template-text.ts'

describe('templateProblem', () => {
  it('takes values for numbers and for parts of texts', () => {
    const text = '{\n  "n": {{now}},\n  "t": "a {{pick "x}}" y}} b"\n}'
    expect(templateProblem(text, true)).toBeNull()
  })

  it('says where a value is wrong, and where the text stops being JSON', () => {
    expect(templateProblem('{\n  "n": {{nothing}}\n}', true)).toMatchObject({ line: 2, column: 10 })
    expect(templateProblem('{"a": {{now}} "b"}', true)).toMatchObject({ at: 14 })
    expect(templateProblem('{"a": {{now}} "b"}', false)).toBeNull()
  })
})

describe('asTemplate', () => {
  it('renders as the text that it was', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{', '}', '"', '\\', 'now', ' ', '|')), (parts) => {
        const text = parts.join('')
        const template = parseTemplate(asTemplate(text), { request: false })
        if ('problem' in template) throw new Error(template.problem)
        const values = { request: null, random: createRandom(1), nowMs: 0, counter: 1 }
        expect(renderTemplate(template, values)).toBe(text)
      }),
    )
  })
})
