import { expect, it } from 'vitest'
import { readHostNames } from './host-names.ts'

it('reads names and addresses, however they are separated', () => {
  expect(readHostNames('')).toEqual([])
  expect(readHostNames(' Hooks.test,\n*.dev.local 192.168.1.20,fe80::1 ')).toEqual([
    'hooks.test',
    '*.dev.local',
    '192.168.1.20',
    'fe80::1',
  ])
})

it('says which one is none', () => {
  for (const wrong of ['https://a.test', 'a_b', '-a', 'a b$', 'x/y']) {
    expect(readHostNames(wrong)).toMatch(/is no host name/)
  }
  expect(readHostNames(Array.from({ length: 51 }, (_, at) => `h${at}`).join())).toMatch(/50/)
})
