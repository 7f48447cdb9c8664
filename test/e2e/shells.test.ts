import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { drawnAlike } from './shells.ts'

test('every spec that is left to the browser is there, under the name of one for both', () => {
  const missing = Object.keys(drawnAlike).filter(
    (name) => !existsSync(path.join(import.meta.dirname, `${name}.e2e.ts`)),
  )
  expect(missing).toEqual([])
})
