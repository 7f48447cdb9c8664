import { type Item, PatternReader } from './pattern-reader.ts'

/** Patterns of schemes are tried on what strangers send, on the thread that captures. */
const MOST_CHARACTERS = 200
/** A quantifier that may match so many characters more or fewer is taken for unbounded. */
const LONG_SPAN = 16

/**
 * Why a regular expression may not be used, in one sentence; `null`: it compiles and takes time in
 * proportion to the text. Refused is what can backtrack: repetitions in repeated groups that no
 * separator keeps apart, choices in them, two long repetitions that could share characters,
 * look-around and back-references.
 */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > MOST_CHARACTERS) {
    return `This pattern is too long. Write at most ${MOST_CHARACTERS} characters.`
  }
  // Secrets are tried with the flag and signatures without it: it has to be right in both.
  if (!compiles(pattern, '') || !compiles(pattern, 'u')) {
    return 'This is no regular expression. Close its brackets and escape what is meant literally.'
  }
  const read = new PatternReader(pattern)
  const { items, chosen } = read.sequence()
  if (read.problem !== null) return read.problem
  const sets = new Map<string, Set<string>>()
  const setOf = ({ text }: Item) => {
    const set = sets.get(text) ?? charactersOf(text)
    sets.set(text, set)
    return set
  }
  const disjoint: Disjoint = (one, other) => {
    const others = setOf(other)
    return ![...setOf(one)].some((character) => others.has(character))
  }
  return (
    repeatedGroupProblem(read.repeated, disjoint) ??
    ambiguity(items, pattern.startsWith('^') && !chosen, read.choices, disjoint)
  )
}

type Disjoint = (one: Item, other: Item) => boolean

function compiles(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

const isLong = ({ min, max }: Item) => max - min > LONG_SPAN

/** A group such as `( v1,[^ ]+)*` is read in one way only: what it begins with ends each repetition. */
function repeatedGroupProblem(
  groups: readonly { items: readonly Item[]; chosen: boolean }[],
  disjoint: Disjoint,
): string | null {
  for (const { items, chosen } of groups) {
    const variable = items.filter(({ min, max, within }) => min !== max || within.length > 0)
    const [first] = items
    const isThere = first?.min === 1 && first.max === 1 && first.within.length === 0
    const apart = isThere && variable.every((item) => disjoint(first, item))
    if (chosen || (variable.length > 0 && !apart)) {
      return 'A repeated group holds a repetition or a choice, which can take for ever. Write it without.'
    }
    const inside = ambiguity(items, true, [], disjoint)
    if (inside !== null) return inside
  }
  return null
}

/** Two long repetitions may not trade characters, and a search may not begin one anywhere. */
function ambiguity(
  items: readonly Item[],
  anchored: boolean,
  choices: readonly (readonly number[])[],
  disjoint: Disjoint,
): string | null {
  for (const [at, item] of items.entries()) {
    if (!isLong(item)) continue
    const earlier = items.slice(0, at)
    if (!anchored && !keptApart(item, earlier, choices, disjoint)) {
      return 'Begin this pattern with ^, so that it is not tried from every character.'
    }
    for (const [index, before] of earlier.entries()) {
      // What separates the repetitions of a group has been looked at.
      const together = before.repeated.some((group) => item.repeated.includes(group))
      if (together || !isLong(before) || disjoint(before, item)) continue
      const there = new Set([...before.within, ...item.within])
      const apart = items
        .slice(index + 1, at)
        .some(
          (one) =>
            one.min > 0 && one.within.every((group) => there.has(group)) && disjoint(before, one),
        )
      if (!apart) {
        return `“${before.text}” and “${item.text}” are repeated and can match the same characters. Put a separator between them.`
      }
    }
  }
  return null
}

/** Something stands before it, on every way through the pattern, that it cannot match itself. */
function keptApart(
  item: Item,
  earlier: readonly Item[],
  choices: readonly (readonly number[])[],
  disjoint: Disjoint,
): boolean {
  const apart = earlier.filter((one) => one.min > 0 && disjoint(one, item))
  const stands = (branch: number | null) =>
    apart.some(({ within }) => {
      if (branch !== null && !within.includes(branch)) return false
      return within.every((group) => group === branch || item.within.includes(group))
    })
  return stands(null) || choices.some((branches) => branches.every(stands))
}

const SAMPLE = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), 'é', '中']

function charactersOf(atom: string): Set<string> {
  const alone = new RegExp(`^${atom}$`)
  return new Set(SAMPLE.filter((character) => alone.test(character)))
}
