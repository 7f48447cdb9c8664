import type { SchemeInfo } from '#contract/endpoint.ts'
import type { Option } from '#renderer/controls/choice.tsx'

/** Stands for no scheme in a picker, which cannot hold `null`. */
export const NO_SCHEME = 'none'

export function schemeOptions(schemes: SchemeInfo[], nothing: string): Option[] {
  const named = schemes.map((scheme) => ({
    id: scheme.id,
    name: scheme.name,
    detail: `${scheme.signaturePlace}, ${scheme.algorithm}`,
  }))
  return [...named, { id: NO_SCHEME, name: nothing }]
}
