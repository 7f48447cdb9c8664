/** The URL that a text is, `null` when it is none. (`URL.canParse` is newer than Node 18.15.) */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
