import { expect, it } from 'vitest'
import { bodyFacts } from './body-facts.ts'
import { viewsFor } from './body-views.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const views = (type: string | null, body: Uint8Array | string) => {
  const bytes = typeof body === 'string' ? utf8(body) : body
  const { best, offered } = viewsFor(bodyFacts(type, bytes, bytes.length))
  return [best.id, offered.map(({ id }) => id).join(' ')]
}
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0)

it.each([
  ['application/json', '{"a":1}', 'json', 'json tree text hex'],
  ['text/plain', ' [1]', 'json', 'json tree text hex'],
  ['application/cloudevents+json', 'broken', 'json', 'json tree text hex'],
  ['application/x-www-form-urlencoded', 'a=1&b=2', 'form', 'form json text hex'],
  [null, 'a=1&b=2', 'form', 'form json text hex'],
  ['text/plain', 'words', 'text', 'json text hex'],
  ['application/xml', '<a/>', 'xml', 'xml json text hex'],
  ['text/html', '<!doctype html>', 'text', 'xml json text hex'],
  ['text/plain', '<svg xmlns="x"></svg>', 'image', 'image xml json text hex'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nA: b\r\n\r\n',
    'multipart',
    'multipart json text hex',
  ],
])('%s: %s', (type, body, best, offered) => {
  expect(views(type, body)).toEqual([best, offered])
})

it('looks at the bytes of what is no text, whatever its type says', () => {
  expect(views('application/json', Uint8Array.of(0, 1, 2, 255))).toEqual(['hex', 'text hex'])
  expect(views('text/plain', PNG)).toEqual(['image', 'image text hex'])
  expect(views('image/png', 'not a picture')).toEqual(['text', 'json text hex'])
})
