import { type CurlEffect, curlOption, longName } from './curl-options.ts'

/** One option in effect, in the order of the command line. */
export interface CurlArgument {
  effect: CurlEffect
  /** As written, for sentences: `--data` or `-d`. */
  spelled: string
  /** Empty for options without a value. */
  value: string
}

/** Tells options, their values and URLs apart; words after `--` too are URLs. */
export function readArguments(
  words: readonly string[],
): { found: CurlArgument[]; ignored: string[] } | { problem: string } {
  const found: CurlArgument[] = []
  const ignored: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-') || word === '-') {
      found.push({ effect: 'url', spelled: 'the URL', value: word })
      continue
    }
    const options = word.startsWith('--') ? long(word) : short(word)
    for (const option of options) {
      const known = option.name === null ? null : curlOption(option.name)
      if (!known) return { problem: `The option ${option.spelled.slice(0, 40)} is not known here.` }
      let value = ''
      if (known.takesValue) {
        const given = option.attached ?? words[++at]
        if (given === undefined) return { problem: `The option ${option.spelled} needs a value.` }
        value = given
      }
      if (known.effect === null) ignored.push(option.spelled)
      else found.push({ effect: known.effect, spelled: option.spelled, value })
      if (known.takesValue) break
    }
  }
  return { found, ignored }
}

interface SpelledOption {
  name: string | null
  spelled: string
  /** What is left of the word, the value of `-XPOST`. */
  attached: string | null
}

function long(word: string): SpelledOption[] {
  return [{ name: word.slice(2), spelled: word, attached: null }]
}

/** `-sXPOST` is `-s -X POST`: letters up to the first that takes a value. */
function short(word: string): SpelledOption[] {
  const options: SpelledOption[] = []
  for (let at = 1; at < word.length; at++) {
    const letter = word.charAt(at)
    const name = longName(letter)
    const attached = at + 1 < word.length ? word.slice(at + 1) : null
    options.push({ name, spelled: `-${letter}`, attached })
    if (name === null || (curlOption(name)?.takesValue ?? true)) break
  }
  return options
}
