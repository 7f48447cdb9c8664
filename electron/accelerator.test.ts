import { describe, expect, it } from 'vitest'
import { acceleratorOf } from './accelerator.ts'

describe('acceleratorOf', () => {
  it.each([
    ['Mod+K', 'CommandOrControl+K'],
    ['Mod+Shift+K', 'CommandOrControl+Shift+K'],
    ['Alt+ArrowLeft', 'Alt+Left'],
    ['Mod+Plus', 'CommandOrControl+Plus'],
    ['Mod+,', 'CommandOrControl+,'],
    ['F5', 'F5'],
  ])('%s', (key, accelerator) => expect(acceleratorOf(key)).toBe(accelerator))

  it.each(['J', 'Shift+J', '?', 'Enter', 'Mod+', '', 'Mod+é', 'Mod+ArrowSideways', 'Mod+K\n'])(
    'has none for %j',
    (key) => expect(acceleratorOf(key)).toBeNull(),
  )
})
