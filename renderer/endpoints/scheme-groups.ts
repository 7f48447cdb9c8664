import type { SchemeInfo } from '#contract/endpoint.ts'

/** Schemes under one heading, as they are offered. */
export interface SchemeGroup {
  name: string
  schemes: SchemeInfo[]
}

/**
 * All schemes in the order in which they are offered: what was recognised, a person's own, the
 * common ones as the engine orders them, the rest by name. None occurs twice; no group is empty.
 */
export function groupSchemes(
  schemes: readonly SchemeInfo[],
  suggested: readonly string[],
): SchemeGroup[] {
  const first = suggested.flatMap((id) => schemes.find((scheme) => scheme.id === id) ?? [])
  const rest = schemes.filter(({ id }) => !suggested.includes(id))
  const others = rest.filter(({ own, common }) => !own && !common)
  return [
    { name: 'Recognised', schemes: first },
    { name: 'Your own', schemes: rest.filter(({ own }) => own) },
    { name: 'Common', schemes: rest.filter(({ own, common }) => common && !own) },
    { name: 'All others', schemes: others.sort((a, b) => a.name.localeCompare(b.name, 'en')) },
  ].filter((group) => group.schemes.length > 0)
}

/**
 * The schemes whose name, id, signature place or algorithm have every word of `text`, the best
 * first: id or name equal, then beginning with it, then a word of the name beginning with it.
 */
export function findSchemes(schemes: readonly SchemeInfo[], text: string): SchemeInfo[] {
  const wanted = fold(text.trim())
  const words = wanted.split(/\s+/)
  return schemes
    .map((scheme) => ({ scheme, rank: rankOf(scheme, wanted, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || Number(b.scheme.common) - Number(a.scheme.common))
    .map(({ scheme }) => scheme)
}

function rankOf(scheme: SchemeInfo, wanted: string, words: readonly string[]): number {
  const name = fold(scheme.name)
  const place = fold(scheme.signaturePlace)
  if (name === wanted || scheme.id === wanted) return 5
  if (place === wanted) return 4
  if (name.startsWith(wanted) || scheme.id.startsWith(wanted)) return 3
  const all = `${name} ${scheme.id} ${place} ${fold(scheme.algorithm)}`
  if (!words.every((word) => all.includes(word))) return 0
  return name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)) ? 2 : 1
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
