import type { RawInput } from './generate.ts'

const MOST_TRIES = 150

/**
 * A smaller input that still fails: whole stretches are left out as long as that works, from halves
 * down to single bytes (delta debugging), then the packets are joined.
 */
export async function minimised(
  input: RawInput,
  fails: (input: RawInput) => Promise<boolean>,
): Promise<RawInput> {
  let smallest = input
  let tries = 0
  const attempt = async (candidate: RawInput) => {
    if (tries >= MOST_TRIES) return false
    tries += 1
    if (!(await fails(candidate))) return false
    smallest = candidate
    return true
  }
  for (const cuts of [[], smallest.cuts.slice(0, 1)]) await attempt({ ...smallest, cuts })
  for (let size = smallest.text.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < smallest.text.length;) {
      if (!(await attempt(without(smallest, at, size)))) at += size
    }
  }
  return smallest
}

function without(input: RawInput, at: number, size: number): RawInput {
  const { text, cuts, ending } = input
  return {
    text: text.slice(0, at) + text.slice(at + size),
    cuts: cuts.map((cut) => (cut <= at ? cut : Math.max(at, cut - size))),
    ending,
  }
}
