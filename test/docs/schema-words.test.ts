import { expect, test } from 'vitest'
import { typeText } from './schema-words.ts'

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: 'integer' }, 'number'],
  [{ enum: ['a', 'b'] }, "'a' | 'b'"],
  [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
  [
    { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
    '(number | null)[]',
  ],
  [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'string' }] }, '[string, string]'],
  [{ $ref: '#/components/schemas/Delivery' }, 'Delivery'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, '{ [name: string]: string }'],
  [
    { type: 'object', properties: { id: { type: 'number' }, 'a-b': {} }, required: ['id'] },
    '{\n  id: number\n  "a-b"?: unknown\n}',
  ],
  [{ type: 'string', contentMediaType: 'application/octet-stream' }, 'bytes'],
  [true, 'unknown'],
])('%j reads %s', (schema, text) => {
  expect(typeText(schema)).toBe(text)
})
