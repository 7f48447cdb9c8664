import { expect, it } from 'vitest'
import { shellCommands } from './shell-lines.ts'

it('reads words, quotes, assignments, redirections and comments as a shell does', () => {
  const line = `A=b C="$(cat k.txt)" npx x --query 'a b' "c \\"d\\"" e#f > out.txt < in.txt && y  # more`
  expect(shellCommands(line)).toEqual([
    {
      env: [
        ['A', 'b'],
        ['C', '$(cat k.txt)'],
      ],
      words: ['npx', 'x', '--query', 'a b', 'c "d"', 'e#f'],
      writesTo: 'out.txt',
      readsFrom: 'in.txt',
    },
    { env: [], words: ['y'], writesTo: null, readsFrom: null },
  ])
  expect(shellCommands("curl -d '{}' http://127.0.0.1:4100/a=b")).toMatchObject([
    { words: ['curl', '-d', '{}', 'http://127.0.0.1:4100/a=b'] },
  ])
})

it('runs nothing that it does not understand', () => {
  for (const line of ['a | b', 'a; b', 'a $HOME', 'a `b`', 'a *.md', 'a & b', '(a)', 'a $(b)']) {
    expect(() => shellCommands(line)).toThrow(/does not know/)
  }
})
