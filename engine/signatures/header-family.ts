import type { CompiledScheme } from './compile.ts'
import type { RequestHead } from './types.ts'

/**
 * The head without headers of the scheme's other families. Where signature, timestamp and id may
 * stand under several names (`svix-*`, `webhook-*`), all are read from the first family that is
 * complete, as Svix's own library does: one of each would be a request that nobody sent. The same
 * object comes back when nothing is to be left out.
 */
export function oneFamily(compiled: CompiledScheme, head: RequestHead): RequestHead {
  const { signatureNames } = compiled
  const count = signatureNames.length
  if (count < 2) return head
  const groups = [compiled.signatureNames, compiled.timestampNames, compiled.messageIdNames].filter(
    (names) => names.length === count,
  )
  const present = new Set<string>()
  for (const [name] of head.rawHeaders) present.add(name.toLowerCase())
  const families = signatureNames.map((_, index) => groups.map((names) => names[index] ?? ''))
  const complete = families.findIndex((names) => names.every((name) => present.has(name)))
  const started = families.findIndex(([signature = '']) => present.has(signature))
  const chosen = complete === -1 ? started : complete
  if (chosen === -1) return head
  const others = new Set(families.flatMap((names, index) => (index === chosen ? [] : names)))
  if (![...others].some((name) => present.has(name))) return head
  const rawHeaders = head.rawHeaders.filter(([name]) => !others.has(name.toLowerCase()))
  return { ...head, rawHeaders }
}
