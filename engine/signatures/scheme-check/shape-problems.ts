import type { z } from 'zod'
import { type SchemeProblem } from '#contract/own-scheme.ts'
import { Scheme } from '#contract/scheme.ts'
import { wordAt } from '#contract/scheme-words.ts'

type Issue = z.core.$ZodIssue

/** The scheme, or what is wrong with its shape: fields, kinds and choices of the model. */
export function readShape(value: unknown): { scheme: Scheme } | { problems: SchemeProblem[] } {
  const parsed = Scheme.safeParse(value)
  if (parsed.success) return { scheme: parsed.data }
  return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, [], value)) }
}

/** A path as people write it: `settings[0].name`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('')
}

function problemsOf(issue: Issue, before: readonly PropertyKey[], whole: unknown): SchemeProblem[] {
  const path = [...before, ...issue.path]
  if (issue.code === 'invalid_union') {
    const value = valueAtPath(whole, path)
    const branch = value === undefined ? null : nearest(issue.errors)
    if (branch) return branch.flatMap((each) => problemsOf(each, path, whole))
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...path, key]),
      sentence: `There is no field “${key}” here. Take it away, or look how it is spelled.`,
    }))
  }
  const text = pathText(path)
  return [{ path: text, sentence: sentenceOf(issue, text, valueAtPath(whole, path)) }]
}

/** Of several forms the one that was meant: no unknown field, none missing. `null`: cannot be told. */
function nearest(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const meant = branches.filter((issues) => issues.length > 0 && issues.every(isInside))
  return meant.length === 1 ? (meant[0] ?? null) : null
}

/** The field is there and what it holds is wrong. */
function isInside(issue: Issue): boolean {
  if (issue.path.length === 0)
    return issue.code === 'invalid_union' && nearest(issue.errors) !== null
  return !(issue.code === 'invalid_type' && issue.input === undefined && isMissing(issue))
}

/** zod says so in words alone: its issues carry no input unless asked to. */
function isMissing(issue: Issue): boolean {
  return issue.message.includes('received undefined')
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
}

function sentenceOf(issue: Issue, path: string, value: unknown): string {
  const word = wordAt(path)
  const hint = word ? ` Write ${word.hint}.` : ''
  const name = word ? `“${word.label}”` : path === '' ? 'The scheme' : `“${path}”`
  if (value === undefined) return `${name} is missing.${hint}`
  const cannot = `${name} cannot be ${shown(value)}.`
  if (issue.code === 'invalid_type') {
    return `${name} is not ${kinds[issue.expected] ?? `a ${issue.expected}`}.${hint}`
  }
  if (issue.code === 'invalid_value') {
    return `${cannot} Write one of: ${issue.values.map(String).join(', ')}.`
  }
  if (issue.code === 'too_small') {
    return `${name} is ${issue.origin === 'array' ? 'too short' : 'empty'}.${hint || ' Write something there.'}`
  }
  if (issue.code === 'too_big') {
    return `${name} is too long. Write at most ${String(issue.maximum)}.`
  }
  if (issue.code === 'invalid_format') {
    return `${cannot}${hint || ` It has to match ${issue.pattern ?? issue.format}.`}`
  }
  return `${cannot}${hint || ' Look how the other schemes write it.'}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function valueAtPath(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = Reflect.get(at, step)
  }
  return at
}
