import { describe, expect, it } from 'vitest'
import { menuCommands } from '#electron/menu-commands.ts'
import { commands } from '#renderer/commands/command-list.ts'

describe('the desktop’s menu', () => {
  it('names commands that the page has', () => {
    const known = new Set<string>(commands.map(({ id }) => id))
    const named = menuCommands.flatMap(({ id }) => id ?? [])
    expect(named.filter((id) => !known.has(id))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
  })
})
