import { describe, expect, test } from 'vitest'
import { stepsOf, valueAt, withValue } from './json-path.ts'

const scheme = { id: 'a', settings: [{ name: 'x' }, { name: 'y' }], timestamp: null }

test.each([
  ['', []],
  ['id', ['id']],
  ['settings[1].name', ['settings', 1, 'name']],
  ['sample.headers[0][1]', ['sample', 'headers', 0, 1]],
])('%s', (path, steps) => {
  expect(stepsOf(path)).toEqual(steps)
})

test('what stands at a path', () => {
  expect(valueAt(scheme, 'settings[1].name')).toBe('y')
  expect(valueAt(scheme, 'timestamp.place')).toBeUndefined()
  expect(valueAt(scheme, 'constructor')).toBeUndefined()
  expect(valueAt(scheme, '')).toBe(scheme)
})

describe('something else at a path', () => {
  test('in its place, in the same order, and nothing else', () => {
    expect(JSON.stringify(withValue(scheme, 'settings[0].name', 'z'))).toBe(
      '{"id":"a","settings":[{"name":"z"},{"name":"y"}],"timestamp":null}',
    )
    expect(scheme.settings[0]).toEqual({ name: 'x' })
  })
  test('makes what is missing, and takes away', () => {
    expect(withValue(scheme, 'timestamp.unit', 's')).toEqual({
      ...scheme,
      timestamp: { unit: 's' },
    })
    expect(withValue(scheme, 'settings[0]', undefined)).toEqual({
      ...scheme,
      settings: [{ name: 'y' }],
    })
    expect(withValue(scheme, 'timestamp', undefined)).not.toHaveProperty('timestamp')
    expect(withValue(5, 'id', 'b')).toEqual({ id: 'b' })
  })
})
