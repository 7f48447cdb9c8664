import type { Shape } from '#contract/input-shapes.fixture.ts'
import type { Seeded } from '#test/fuzz/seeded.ts'
import { hostileText, hostileValue } from './values.ts'

/** What a run may touch. */
export interface Ground {
  /** A folder that everything which names a folder or file stays in. */
  folder: string
  /** A receiver of our own, and ports where nobody listens: requests go nowhere else. */
  urls: readonly string[]
  /** Ids that there are, beside those that there are not. */
  mostId: number
  schemeIds: readonly string[]
}

/** An input by the shape of its call: mostly right, so that it gets far, and wrong in a place or two. */
export function makeInput(shape: Shape | null, ground: Ground, chance: Seeded): unknown {
  if (shape === null) return chance.chance(0.7) ? undefined : hostileValue(chance)
  const wrong = chance.pick([0, 0.02, 0.05, 0.15, 1])
  return make({ shape, name: '', wrong, depth: 0 }, ground, chance)
}

interface Wanted {
  shape: Shape
  name: string
  wrong: number
  depth: number
}

function make(wanted: Wanted, ground: Ground, chance: Seeded): unknown {
  const { shape, name, wrong } = wanted
  const fixed = sandboxed(name, ground, chance)
  if (fixed !== undefined) return fixed
  if (chance.chance(wrong)) return hostileValue(chance)
  if (shape.const !== undefined) return shape.const
  if (shape.enum !== undefined) return chance.pick(shape.enum)
  const choices = (shape.anyOf ?? shape.oneOf)?.filter((one) => typeof one === 'object')
  if (choices) return make({ ...wanted, shape: chance.pick(choices) }, ground, chance)
  switch (shape.type) {
    case 'object':
      return makeObject(wanted, ground, chance)
    case 'array':
      return makeList(wanted, ground, chance)
    case 'string':
      return makeText(shape, name, ground, chance)
    case 'integer':
    case 'number':
      return makeNumber(shape, ground, chance)
    case 'boolean':
      return chance.chance(0.5)
    case 'null':
      return null
    case undefined:
    default:
      return hostileValue(chance)
  }
}

/** Whatever else is wrong, nothing is written outside and nothing is sent to strangers. */
function sandboxed(name: string, ground: Ground, chance: Seeded): unknown {
  if (name === 'url' || name === 'target.url') {
    return chance.pick([...ground.urls, ...ground.urls, 'http://blocked.invalid/', 'x:', ''])
  }
  if (name === 'dir') {
    return `${ground.folder}/${chance.pick(['', 'a', 'a/b', '../../nowhere', 'file', 'link', '\0'])}`
  }
  if (/^(?:certificate|key)File$/.test(name)) return `${ground.folder}/${hostileText(chance)}`
  // The listener stays where it is: the run goes on sending to it.
  if (name === 'listener') return undefined
  if (name === 'host')
    return chance.pick(['localhost', '127.0.0.1', '', 'a b', '[', 'x'.repeat(254)])
  return undefined
}

function makeObject({ shape, wrong, depth }: Wanted, ground: Ground, chance: Seeded): unknown {
  const made: Record<string, unknown> = {}
  for (const [name, each] of Object.entries(shape.properties ?? {})) {
    const needed = shape.required?.includes(name) === true
    if (typeof each !== 'object' || name === 'listener' || (!needed && chance.chance(0.5))) continue
    made[name] = make({ shape: each, name, wrong, depth: depth + 1 }, ground, chance)
  }
  const { additionalProperties: value } = shape
  if (typeof value === 'object') {
    for (let count = chance.pick([0, 1, 3, 250]); count > 0; count -= 1) {
      const inner = { shape: value, name: '', wrong, depth: depth + 1 }
      Object.defineProperty(made, hostileText(chance).slice(0, 300), {
        ...{ value: make(inner, ground, chance), enumerable: true },
        ...{ configurable: true, writable: true },
      })
    }
  }
  return made
}

function makeList({ shape, name, wrong, depth }: Wanted, ground: Ground, chance: Seeded): unknown {
  const inner = (each: Shape | boolean | undefined) =>
    typeof each === 'object'
      ? make({ shape: each, name, wrong, depth: depth + 1 }, ground, chance)
      : null
  if (shape.prefixItems) return shape.prefixItems.map(inner)
  const { items } = shape
  const each = Array.isArray(items) ? items[0] : items
  return chance.many(chance.pick([0, 1, 1, 2, 5]), () => inner(each))
}

function makeText(shape: Shape, name: string, ground: Ground, chance: Seeded): unknown {
  if (shape.format === 'blob') return new Blob(['x'.repeat(chance.pick([0, 1, 1000, 70_000]))])
  if (name === 'schemeId') return chance.pick(ground.schemeIds)
  if (name === 'path') return `/p${chance.below(1000)}`
  if (name === 'text' || name === 'json' || name === 'query') return chance.pick(TEXTS)
  return chance.made([() => chance.pick(TEXTS), () => hostileText(chance)])
}

const TEXTS = [
  ...[
    'a',
    'msg_1',
    '$.a',
    'X-A',
    'is:failure',
    'body:abc',
    '{}',
    '{"a":[1,{"b":2}]}',
    'whsec_AAAA',
  ],
  ...[
    'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi',
    'curl http://a/ -d x',
    '{{uuid}}',
  ],
]

function makeNumber(shape: Shape, ground: Ground, chance: Seeded): number {
  if (shape.type === 'integer' && chance.chance(0.6)) return 1 + chance.below(ground.mostId)
  const { minimum = -1000, maximum = 1000 } = shape
  return chance.pick([minimum, maximum, 0, 1, Math.min(maximum, 100), chance.below(5000)])
}
