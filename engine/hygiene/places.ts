import type { PathSteps } from './json-walk.ts'

const PLAIN_KEY = /^[A-Za-z_$][\w$]{0,79}$/
const LONGEST_KEY = 80
/** Of a path that is deeper, the middle is left out. */
const MOST_STEPS = 32

/**
 * `$.data.items[3].card`, `$["a key"]`. Bounded: long keys are cut, deep paths lose their middle.
 * @param shown a key as it may be shown: what is secret in it masked
 */
export function jsonPath(steps: PathSteps, shown: (key: string) => string): string {
  const write = (step: string | number) => {
    if (typeof step === 'number') return `[${step}]`
    const key = shown(step)
    if (PLAIN_KEY.test(key)) return `.${key}`
    const cut = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key
    return `[${JSON.stringify(cut)}]`
  }
  if (steps.length <= MOST_STEPS) return `$${steps.map(write).join('')}`
  const ends = [steps.slice(0, MOST_STEPS / 2), steps.slice(-MOST_STEPS / 2)]
  return `$${ends.map((part) => part.map(write).join('')).join('…')}`
}

/** The nearest key around a value: that of the array for its items. */
export function nearestKey(steps: PathSteps): string | null {
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index]
    if (typeof step === 'string') return step
  }
  return null
}

/** Names the line of rising offsets; goes over the text once. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let newline = text.indexOf('\n')
  return (offset) => {
    while (newline >= 0 && newline < offset) {
      line += 1
      newline = text.indexOf('\n', newline + 1)
    }
    return line
  }
}
