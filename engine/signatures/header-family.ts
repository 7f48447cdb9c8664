import type { CompiledScheme } from './compile.ts'
import type { RequestHead } from './types.ts'

/**
 * The head without headers of the scheme's other families. Where signature, timestamp and id may
 * stand under several names (`svix-*`, `webhook-*`), all are read from the first family that is
 * complete, as Svix's own library does: one of each would be a request that nobody sent. The same
 * object comes back when nothing is to be left out.
 */
export function oneFamily({ families }: CompiledScheme, head: RequestHead): RequestHead {
  if (families.length === 0) return head
  const present = families.filter((names) => names.some((name) => has(head, name)))
  if (present.length < 2) return head
  const chosen =
    present.find((names) => names.every((name) => has(head, name))) ??
    present.find(([signature = '']) => has(head, signature)) ??
    present[0]
  const others = new Set(families.flatMap((names) => (names === chosen ? [] : names)))
  const rawHeaders = head.rawHeaders.filter(([name]) => !others.has(name.toLowerCase()))
  return { ...head, rawHeaders }
}

function has({ rawHeaders }: RequestHead, lowerName: string): boolean {
  for (const [name] of rawHeaders) {
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return true
  }
  return false
}

/** Names that belong together, signature first; none where a scheme has one name for each. */
export function familiesOf(
  signatureNames: readonly string[],
  ...others: readonly (readonly string[])[]
): string[][] {
  const count = signatureNames.length
  if (count < 2) return []
  const groups = [signatureNames, ...others].filter((names) => names.length === count)
  return signatureNames.map((_, index) => groups.map((names) => names[index] ?? ''))
}
