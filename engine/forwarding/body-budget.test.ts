import { expect, it } from 'vitest'
import { createBodyBudget } from './body-budget.ts'

it('gives bytes out first come first served, and a larger body than all of it alone', async () => {
  const budget = createBodyBudget(100)
  const log: string[] = []
  const take = async (name: string, byteLength: number) => {
    const giveBack = await budget.take(byteLength)
    log.push(name)
    return giveBack
  }
  const [first, second] = [await take('a', 60), await take('b', 40)]
  const huge = take('huge', 500)
  const small = take('small', 1)
  second()
  await Promise.resolve()
  expect(log).toEqual(['a', 'b'])
  first()
  const giveHugeBack = await huge
  expect(log).toEqual(['a', 'b', 'huge'])
  giveHugeBack()
  await small
  expect(log).toEqual(['a', 'b', 'huge', 'small'])
})
