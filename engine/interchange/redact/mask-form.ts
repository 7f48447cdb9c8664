import { maskJson, REDACTED, type MaskedText } from './mask-json.ts'
import type { MaskPath } from './mask-paths.ts'

/**
 * Masks the fields of a form (WHATWG URL, application/x-www-form-urlencoded): the first step of a
 * path is the field's name, further steps lead into the JSON that it holds. All other pairs keep
 * their bytes. Repeated fields are all masked.
 */
export function maskForm(text: string, paths: readonly MaskPath[]): MaskedText {
  const values: string[] = []
  const found = new Set<MaskPath>()
  const pairs = text.split('&').map((pair) => {
    const [name, value] = new URLSearchParams(`?${pair}`).entries().next().value ?? ['', '']
    const here = paths.filter(({ steps: [step] }) => {
      return step === 'every' || (step !== undefined && 'key' in step && step.key === name)
    })
    if (here.length === 0 || value === '') return pair
    const masked = maskedField(value, here)
    if (!masked) return pair
    values.push(...masked.values)
    for (const path of here) {
      if (path.steps.length === 1 || masked.found.has(path)) found.add(path)
    }
    const at = pair.indexOf('=')
    return `${at === -1 ? pair : pair.slice(0, at)}=${encodeURIComponent(masked.text)}`
  })
  return { text: pairs.join('&'), values, found }
}

function maskedField(value: string, here: readonly MaskPath[]): MaskedText | null {
  if (here.some(({ steps }) => steps.length === 1)) {
    return { text: REDACTED, values: [value], found: new Set() }
  }
  // The same path, so that it is found again, seen from within the field.
  const within = here.map((path) => ({ path, inner: { ...path, steps: path.steps.slice(1) } }))
  const masked = maskJson(
    value,
    within.map(({ inner }) => inner),
  )
  if (!masked || masked.found.size === 0) return null
  const found = new Set(
    within.filter(({ inner }) => masked.found.has(inner)).map(({ path }) => path),
  )
  return { ...masked, found }
}
