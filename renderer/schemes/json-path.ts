/** A path such as `settings[0].name` taken apart; `''` is the whole. */
export function stepsOf(path: string): (string | number)[] {
  if (path === '') return []
  return path.split('.').flatMap((part) => {
    const [name = '', ...indexes] = part.split('[')
    const numbers = indexes.map((index) => Number(index.replace(']', '')))
    return name === '' ? numbers : [name, ...numbers]
  })
}

/** What stands at a path; `undefined`: nothing. */
export function valueAt(whole: unknown, path: string): unknown {
  let at = whole
  for (const step of stepsOf(path)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = Reflect.get(at, step)
  }
  return at
}

/**
 * A copy with something else at a path; `undefined` takes it away, from a list as well. Objects on
 * the way are made where they are missing.
 */
export function withValue(whole: unknown, path: string, next: unknown): unknown {
  return replaced(whole, stepsOf(path), next)
}

function replaced(at: unknown, [step, ...rest]: (string | number)[], next: unknown): unknown {
  if (step === undefined) return next
  const inner = replaced(valueOf(at, step), rest, next)
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(at) ? [...at] : []
    if (inner === undefined) list.splice(step, 1)
    else list[step] = inner
    return list
  }
  const object = Object.entries(isRecord(at) ? at : {})
  const known = object.some(([name]) => name === step)
  const entries = known
    ? object.map(([name, value]): [string, unknown] => [name, name === step ? inner : value])
    : [...object, [step, inner] as const]
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function valueOf(at: unknown, step: string | number): unknown {
  return typeof at === 'object' && at !== null && Object.hasOwn(at, step)
    ? Reflect.get(at, step)
    : undefined
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
