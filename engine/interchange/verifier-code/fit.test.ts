import { describe, expect, it } from 'vitest'
import { fit } from './fit.ts'

const layout = { width: 30, indent: '  ', lastComma: ',' } as const

describe('fit', () => {
  it('leaves what fits, and what has no call at its end', () => {
    expect(fit('const a = f(1, 2);', layout)).toBe('const a = f(1, 2);')
    const long = 'const text = "there is no call in this line";'
    expect(fit(long, layout)).toBe(long)
  })

  it('breaks at the arguments of the last call, commas in texts and brackets aside', () => {
    expect(fit('  const a = g(f(1, 2), "x, (y", [3, 4]);', layout)).toBe(
      '  const a = g(\n    f(1, 2),\n    "x, (y",\n    [3, 4],\n  );',
    )
  })

  it('breaks what is still too wide again', () => {
    expect(fit('a(b("one argument", "and another one"));', layout)).toBe(
      'a(\n  b(\n    "one argument",\n    "and another one",\n  ),\n);',
    )
  })
})
