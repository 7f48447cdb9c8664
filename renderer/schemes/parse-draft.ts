/** The JSON of a text, or why there is none. */
export type Parsed = { value: unknown } | { problem: string }

/** Reads what stands in the text editor; an engine's own message says where it goes wrong. */
export function parseDraft(text: string): Parsed {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { problem: `The text is not JSON: ${why}` }
  }
}
