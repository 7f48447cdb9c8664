/** One column of two signatures laid one under the other. */
export interface AlignedCharacter {
  received: string
  expected: string
  state: 'same' | 'first' | 'different'
}

/** Received over expected, character for character; a blank where one has ended. */
export function alignCharacters(received: string, expected: string): AlignedCharacter[] {
  const length = Math.max(received.length, expected.length)
  let differed = false
  return Array.from({ length }, (_, index) => {
    const pair = { received: received[index] ?? ' ', expected: expected[index] ?? ' ' }
    if (received[index] === expected[index]) return { ...pair, state: 'same' }
    const state = differed ? 'different' : 'first'
    differed = true
    return { ...pair, state }
  })
}
