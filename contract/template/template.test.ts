import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonPlaces, parseJsonPath } from './json-at.ts'
import { parseTemplate, TEMPLATE_NAMES } from './parse-template.ts'
import { createRandom } from './random.ts'
import { RENDERED_LIMIT, renderTemplate } from './render-template.ts'
import type { TemplateRequest } from './values.ts'

const body =
  '{"id": 12345678901234567890, "price": 1.50, "who": {"name": "Ada \\"A\\" Ö"}, "l": [1, [2, 3]]}'
const request: TemplateRequest = {
  method: 'POST',
  target: '/hooks/a%20b?x=1&y=%C3%A9+z&x=2',
  rawHeaders: [
    ['X-Trace', 'one'],
    ['x-trace', 'two'],
  ],
  body: () => body,
  messageId: 'msg_1',
  eventType: null,
  verdict: 'valid',
  timestamp: 1_700_000_000,
  attempt: 2,
}

function render(text: string, seed = 'seed', counter = 7): string | null {
  const template = parseTemplate(text)
  if ('problem' in template) throw new Error(`${template.problem} at ${template.at}`)
  const nowMs = 1_700_000_000_500
  return renderTemplate(template, { request, random: createRandom(seed), nowMs, counter })
}

describe('values of the request', () => {
  it.each([
    ['{{method}} {{path}}', 'POST /hooks/a%20b'],
    ['{{target}}', '/hooks/a%20b?x=1&y=%C3%A9+z&x=2'],
    ['{{query x}}/{{query y}}/{{query z}}', '1/é z/'],
    ['{{header X-TRACE}}', 'one, two'],
    ['{{ json $.id }}', '12345678901234567890'],
    ['{{json $.price}}', '1.50'],
    ['{{json $.who.name}}', 'Ada "A" Ö'],
    ['{"name":{{json $.who.name|json}}}', '{"name":"Ada \\"A\\" Ö"}'],
    ['{{json $.who|json}}', '{"name": "Ada \\"A\\" Ö"}'],
    ['{{json $.l[1][0]}}', '2'],
    ['{{json "$[\\"who\\"].name"|upper}}', 'ADA "A" Ö'],
    ['{{json $.nothing|default "a | b"}}', 'a | b'],
    [
      '{{messageId}}{{eventType}} {{verdict}} {{timestamp}} {{attempt}}',
      'msg_1 valid 1700000000 2',
    ],
    ['{{query y|url}}', '%C3%A9%20z'],
  ])('%s', (text, expected) => expect(render(text)).toBe(expected))
})

describe('values that are made', () => {
  it.each([
    ['{{now}} {{now +5m}} {{now -30s}}', '1700000000 1700000300 1699999970'],
    ['{{nowMs +1d}}', '1700086400500'],
    ['{{isoNow +1h}}', '2023-11-14T23:13:20.500Z'],
    ['{{counter}}{{counter}}', '77'],
    ['{{int 4 4}}{{pick "a b"}}', '4a b'],
  ])('%s', (text, expected) => expect(render(text)).toBe(expected))

  it('has forms', () => {
    expect(render('{{uuid}}')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
    expect(render('{{hex 33}}')).toMatch(/^[\da-f]{33}$/)
    expect(render('{{email}}')).toMatch(/^[a-z]+\.[a-z]+@example\.(com|net|org)$/)
    expect(render('{{amount}}')).toMatch(/^\d{1,3}\.\d\d$/)
    expect(render('{{sentence}}')).toMatch(/^[A-Z][a-z ]+\.$/)
  })

  it('says the same with the same seed, and something else with another', () => {
    const text =
      '{{uuid}} {{firstName}} {{lastName}} {{company}} {{city}} {{word}} {{int 0 1000000}}'
    expect(render(text, 'a')).toBe(render(text, 'a'))
    expect(render(text, 'a')).not.toBe(render(text, 'b'))
    expect(render('{{hex 8}}')).not.toBe(render('{{hex 8}}{{hex 8}}')?.slice(8))
  })
})

describe('plain text', () => {
  it.each([
    ['', ''],
    ['{"a":{"b":1}}', '{"a":{"b":1}}'],
    ['{ {x} }}', '{ {x} }}'],
    ['{{"{{"}}x}}', '{{x}}'],
    ['{{"a\\"\\\\}}"}}', 'a"\\}}'],
    ['{{"shout"|upper}}', 'SHOUT'],
  ])('%s', (text, expected) => expect(render(text)).toBe(expected))
})

describe('problems, and where', () => {
  it.each([
    ['ab {{nope}}', 'There is no value “nope”.', 5],
    ['{{constructor}}', 'There is no value “constructor”.', 2],
    ['{{query}}', '“query” needs more: {{query NAME}}.', 2],
    ['{{method x}}', '“method” takes no “x”: {{method}}.', 9],
    ['{{json who.name}}', '“who.name” is no path such as $.data.id or $.items[0].id.', 7],
    ['{{now 5m}}', '“5m” is no time from now such as +5m, -30s, +2h or +1d.', 6],
    ['{{int 5 1}}', '5 is more than 1.', 6],
    ['{{hex 0}}', 'The number of digits is 1 to 1024.', 6],
    ['{{body|shout}}', 'There is no filter “shout”.', 7],
    ['{{body|default}}', '“default” needs more: |default TEXT.', 7],
    ['{{body|upper x}}', '“upper” takes no “x”.', 13],
    ['{{}}', 'Between {{ and }} stands the name of a value.', 0],
    ['a {{body', 'This {{ has no }} after it. To write {{ itself: {{"{{"}}.', 2],
    ['{{pick "a}}', 'This quotation mark has no end.', 7],
  ])('%s', (text, problem, at) => expect(parseTemplate(text)).toEqual({ problem, at }))

  it('knows no request where there is none', () => {
    expect(parseTemplate('{{uuid}} {{body}}', { request: false })).toEqual({
      problem: '“body” is of a request, and there is none here.',
      at: 11,
    })
    expect(parseTemplate('{{uuid}}', { request: false })).toHaveProperty('parts')
  })

  it('has bounds', () => {
    expect(parseTemplate('{{word}}'.repeat(201))).toHaveProperty('at', 1600)
    expect(parseTemplate('{{body|json|json|json|json|json|json}}')).toHaveProperty('problem')
    const long = parseTemplate('{{body}}'.repeat(5))
    if ('problem' in long) throw new Error(long.problem)
    const large = { ...request, body: () => 'x'.repeat(RENDERED_LIMIT / 5 + 1) }
    const values = { request: large, random: createRandom(1), nowMs: 0, counter: 0 }
    expect(renderTemplate(long, values)).toBeNull()
  })
})

describe('properties', () => {
  const names = fc.constantFrom(...Object.keys(TEMPLATE_NAMES), 'nope', 'toString', '"q"', '$.a')
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{{', '}}', '|', '"', '\\', ' ', '+5m', 'json', 'default', '$.who', '[0]'),
    names,
    names.map((name) => `{{${name}}}`),
  )

  const values = { nowMs: 1e15, counter: 1 }

  it('parses or refuses whatever comes, and renders what it parsed', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.string(), (pieces, seed) => {
        const text = pieces.join('')
        const template = parseTemplate(text)
        const rendered = [request, null].map((of) =>
          'problem' in template
            ? text[template.at]
            : renderTemplate(template, { ...values, request: of, random: createRandom(seed) }),
        )
        for (const each of rendered) expect(each).toBeTypeOf('string')
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves text without {{ as it is, and writes any text that is quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const quoted = `{{"${text.replace(/["\\]/g, '\\$&')}"}}`
        expect(render(quoted)).toBe(text)
        expect(render(text.replaceAll('{', '('))).toBe(text.replaceAll('{', '('))
      }),
    )
  })

  it('reads a body once, however many values are taken from it and whatever its sender put in it', () => {
    const wide = `{${Array.from({ length: 90_000 }, (_, at) => `"k${at}":[]`).join()}}`
    const list = `{"l":[${'0,'.repeat(450_000)}1]}`
    const startedAt = performance.now()
    expect(takeMany(wide, (at) => `$.z${at}`)).toBe('')
    expect(takeMany(list, (at) => `$.l[${449_900 + at}]`)).toBe(`${'0'.repeat(100)}1`)
    // Without that it takes ten times as long.
    expect(performance.now() - startedAt).toBeLessThan(2_500)
    expect(parseJsonPath(`$${'.a'.repeat(32)}`)).toHaveLength(32)
    expect(parseJsonPath(`$${'.a'.repeat(33)}`)).toBeNull()
  })

  it('finds in JSON what JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.infiniteStream(fc.nat()), (json, turns) => {
        let value: unknown = JSON.parse(json)
        let path = '$'
        for (let depth = 0; depth < 3; depth += 1) {
          const [step, inner] = stepInto(value, turns.next().value) ?? []
          if (step === undefined) break
          path += typeof step === 'number' ? `[${step}]` : `["${step.replace(/["\\]/g, '\\$&')}"]`
          value = inner
        }
        const found = new JsonPlaces(json).textAt(parseJsonPath(path) ?? ['no path'])
        expect(found === null ? null : JSON.parse(found)).toEqual(value)
      }),
      { numRuns: 1000 },
    )
  })
})

/** What a template says that takes as many values from a body as it may. */
function takeMany(json: string, path: (at: number) => string): string | null {
  const text = Array.from({ length: 200 }, (_, at) => `{{json ${path(at)}}}`).join('')
  const template = parseTemplate(text)
  if ('problem' in template) throw new Error(template.problem)
  const of = { ...request, body: () => json }
  return renderTemplate(template, { request: of, random: createRandom(1), nowMs: 0, counter: 1 })
}

/** Some item or member of it, by chance. */
function stepInto(value: unknown, turn: number): [string | number, unknown] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return inner[turn % inner.length]
}

describe('random', () => {
  it('stays in its range and reaches its ends', () => {
    const random = createRandom(1)
    const seen = new Set(Array.from({ length: 200 }, () => random.int(-2, 2)))
    expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2])
    const mean = Array.from({ length: 5000 }, () => random.next()).reduce((a, b) => a + b) / 5000
    expect(mean).toBeGreaterThan(0.48)
    expect(mean).toBeLessThan(0.52)
  })
})
