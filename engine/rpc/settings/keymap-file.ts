import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Keymap } from '#contract/settings.ts'
import { writeAtomically } from './write-atomically.ts'

/** What a file of keys can hold at most; a person's own is a few kilobytes. */
const MOST_BYTES = 256 * 1024

export interface KeymapFile {
  readonly file: string
  /** Read anew each time, as people edit it by hand; `problem`: why it is not used. */
  read(): Promise<{ keymap: Keymap; problem: string | null }>
  write(keymap: Keymap): Promise<void>
}

export function keymapFile(dataDir: string): KeymapFile {
  const file = join(dataDir, 'keymap.json')
  return {
    file,
    async read() {
      const text = await textOf(file)
      if (typeof text === 'string') return readKeymap(text, file)
      if (text.code === 'ENOENT') return { keymap: {}, problem: null }
      return { keymap: {}, problem: `${file} cannot be read (${text.message}).` }
    },
    write: (keymap) => writeAtomically(file, `${JSON.stringify(keymap, null, 2)}\n`),
  }
}

async function textOf(file: string): Promise<string | NodeJS.ErrnoException> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/**
 * Reads `{"delivery.replay": ["r"], …}`; a single key may stand without its brackets. An empty file
 * says nothing and has no problem. What the actions are is the app's business: unknown ids stay.
 */
export function readKeymap(text: string, file: string): { keymap: Keymap; problem: string | null } {
  const unused = (why: string) => ({
    keymap: {},
    problem: `${file} is not used: ${why} The default keys are in effect.`,
  })
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return { keymap: {}, problem: null }
  if (text.length > MOST_BYTES) return unused('it is larger than 256 kB.')
  const parsed = parseJson(trimmed)
  if (parsed instanceof Error) return unused(`it is not valid JSON (${parsed.message}).`)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return unused('it is not an object of actions and their keys.')
  }
  const listed = Object.entries(parsed).map(([id, keys]) => [
    id,
    typeof keys === 'string' ? [keys] : keys,
  ])
  const keymap = Keymap.safeParse(Object.fromEntries(listed))
  if (keymap.success) return { keymap: keymap.data, problem: null }
  const [action] = keymap.error.issues[0]?.path ?? []
  return unused(`“${String(action)}” has no list of at most four keys, such as ["Mod+K"].`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
