const MOST = 24
const DEEPEST = 6
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Paths of the values in a JSON text, as the filter language writes them; items of a list are one. */
export function pathsOf(text: string): readonly string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // No JSON has no paths.
    return []
  }
  const found = new Set<string>()
  walk(value, '$', 0, found)
  return [...found]
}

function walk(value: unknown, path: string, depth: number, found: Set<string>): void {
  if (found.size >= MOST || depth > DEEPEST) return
  if (Array.isArray(value)) {
    for (const item of value) walk(item, `${path}[*]`, depth + 1, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const step = PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
      walk(member, `${path}${step}`, depth + 1, found)
    }
  } else if (path !== '$') found.add(path)
}
