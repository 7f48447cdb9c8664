import type { WholeBody } from '#engine/signatures/whole-body.ts'
import { depthsOf, readTokens, sortMembers, type JsonTokens } from './json-tokens.ts'
import { JsonWriter, type Escapes, type Layout, type Numbers, type Style } from './json-write.ts'
import type { BodyGuess } from './types.ts'

interface LayoutTrait {
  layout: Layout
  name: string
  weight: number
}

const allLayouts: readonly LayoutTrait[] = [
  { layout: 'compact', name: 'compact, without blanks', weight: 1 },
  { layout: { indent: '  ' }, name: 'indented by 2 blanks', weight: 0.7 },
  {
    layout: 'spaced',
    name: 'with a blank after commas and colons, as Python writes it',
    weight: 0.8,
  },
  { layout: { indent: '    ' }, name: 'indented by 4 blanks', weight: 0.5 },
  { layout: { indent: '\t' }, name: 'indented by tabs', weight: 0.3 },
]

const escapes: readonly { escapes: Escapes; name: string; weight: number; needs: RegExp }[] = [
  { escapes: 'minimal', name: 'nothing escaped that need not be', weight: 0.9, needs: /\\[u/]/ },
  {
    escapes: 'ascii',
    name: 'characters beyond ASCII escaped, as Python’s ensure_ascii does',
    weight: 0.8,
    needs: /[\u007f-\uffff]|\\u/,
  },
  { escapes: 'slashes', name: 'slashes escaped, as PHP does', weight: 0.6, needs: /\// },
  {
    escapes: 'ascii-slashes',
    name: 'slashes and characters beyond ASCII escaped, as PHP’s json_encode does',
    weight: 0.6,
    needs: /\/[^]*(?:[\u0080-\uffff]|\\u)|(?:[\u0080-\uffff]|\\u)[^]*\//,
  },
  {
    escapes: 'html',
    name: '<, > and & escaped, as Go and Rails do',
    weight: 0.6,
    needs: /[<>&\u2028\u2029]|\\u/,
  },
  {
    escapes: 'dotnet',
    name: 'escaped as System.Text.Json does',
    weight: 0.3,
    needs: /[<>&'+`\u007f-\uffff]|\\["u]/,
  },
  {
    escapes: 'gson',
    name: "<, >, &, = and ' escaped, as Gson does",
    weight: 0.3,
    needs: /[<>&='\u2028]|\\u/,
  },
]

const numberForms: readonly { numbers: Numbers; name: string; weight: number; needs: RegExp }[] = [
  {
    numbers: 'javascript',
    name: 'numbers as JavaScript writes them',
    weight: 0.5,
    needs: /\d\.\d|\d[eE]|\d{16}/,
  },
  { numbers: 'python', name: 'numbers as Python writes them', weight: 0.4, needs: /\d\.\d|\d[eE]/ },
  { numbers: 'float', name: 'whole numbers with .0', weight: 0.3, needs: /\d/ },
  { numbers: 'cents', name: 'two digits after the point', weight: 0.3, needs: /\.\d(?!\d)/ },
  { numbers: 'go', name: 'numbers as Go writes them', weight: 0.2, needs: /\d\.\d|\d[eE]|\d{21}/ },
]

/** No program's indentation makes a text longer: that of thousands of levels would fill the memory. */
const MOST_TIMES = 32
const SHORT_BYTES = 64 * 1024
/** What programs write JSON with goes less deep. */
const DEEPEST = 1000

function layoutsFor(levels: number, text: string): LayoutTrait[] {
  const most = MOST_TIMES * text.length + SHORT_BYTES
  return allLayouts.filter(
    ({ layout }) => typeof layout === 'string' || levels * layout.indent.length <= most,
  )
}

/** Above this only one trait of the style is changed at a time. */
const FEW_BYTES = 128 * 1024
const SINGLE_NUMBERS = 40

interface Trait extends Partial<Style> {
  name: string
  weight: number
}

/** The body as other programs would have written the same JSON, the likeliest traits first. */
export function* jsonGuesses(whole: WholeBody): Generator<BodyGuess> {
  const { text } = whole
  if (text === null || !whole.json) return
  const read = readTokens(text)
  if (!read) return
  yield* stringWrapped(whole, text)
  const { deepest, sum } = depthsOf(read.tokens)
  if (deepest > DEEPEST) return
  const layouts = layoutsFor(sum, text)
  const traits = traitsOf(layouts, text)
  const writer = new JsonWriter(read)
  const kept: Style = { layout: 'kept', escapes: 'kept', numbers: 'kept' }
  for (const trait of traits) yield guess(writer, { ...kept, ...trait }, [trait])
  const sorted = new JsonWriter({ tokens: sortMembers(read.tokens), blanks: [], starts: [] })
  for (const layout of layouts) {
    yield guess(sorted, { ...kept, layout: layout.layout }, [layout, sortedTrait])
  }
  yield* combined({ writer, sorted }, text, layouts, traits)
  if (text.length <= FEW_BYTES) yield* singleNumbers(read, text)
}

const sortedTrait: Trait = { name: 'members sorted by name', weight: 0.4 }

function traitsOf(layouts: readonly LayoutTrait[], text: string): Trait[] {
  const needed = [...escapes, ...numberForms].filter(({ needs }) => needs.test(text))
  return [...layouts, ...needed]
}

/** Layout with escapes, with numbers, both, and sorted. */
function* combined(
  { writer, sorted }: { writer: JsonWriter; sorted: JsonWriter },
  text: string,
  layouts: readonly LayoutTrait[],
  traits: readonly Trait[],
): Generator<BodyGuess> {
  const kept: Style = { layout: 'kept', escapes: 'kept', numbers: 'kept' }
  const escaping = traits.filter((trait) => trait.escapes)
  const numbering = traits.filter((trait) => trait.numbers && trait.weight > 0.25)
  for (const layout of layouts) {
    for (const trait of [...escaping, ...numbering]) {
      yield guess(writer, { ...kept, ...layout, ...trait }, [layout, trait])
    }
  }
  if (text.length > FEW_BYTES) return
  for (const trait of escaping) {
    for (const layout of layouts) {
      yield guess(sorted, { ...kept, ...layout, ...trait }, [layout, trait, sortedTrait])
    }
    for (const numbers of numbering) {
      yield guess(writer, { ...kept, ...trait, ...numbers }, [trait, numbers])
      for (const layout of layouts) {
        yield guess(writer, { ...kept, ...layout, ...trait, ...numbers }, [layout, trait, numbers])
      }
    }
  }
  for (const numbers of numbering) {
    for (const layout of layouts) {
      yield guess(sorted, { ...kept, ...layout, ...numbers }, [layout, numbers, sortedTrait])
    }
  }
}

function guess(writer: JsonWriter, style: Style, traits: readonly Trait[]): BodyGuess {
  const names = traits.map(({ name }) => name).join('; ')
  return {
    code: 'body-reserialized',
    detail: names,
    done: `With the JSON written ${names}`,
    weight: traits.reduce((weight, trait) => weight * trait.weight, 1),
    bytes: () => Buffer.from(writer.write(style)),
  }
}

/** One number with a fraction that says nothing, as a language with decimals writes it. */
function* singleNumbers({ tokens, starts }: JsonTokens, text: string): Generator<BodyGuess> {
  let count = 0
  for (let index = 0; index < tokens.length && count < SINGLE_NUMBERS; index++) {
    const token = tokens[index]
    const start = starts[index] ?? 0
    if (token?.kind !== 'number') continue
    count++
    const { raw } = token
    const fuller = withFraction(raw)
    if (fuller === null) continue
    yield {
      code: 'body-reserialized',
      detail: `the number ${raw} as ${fuller}`,
      done: `With the number ${raw} written ${fuller}`,
      weight: 0.16,
      bytes: () => Buffer.from(text.slice(0, start) + fuller + text.slice(start + raw.length)),
    }
  }
}

function withFraction(raw: string): string | null {
  if (/^-?\d+$/.test(raw)) return `${raw}.0`
  return /^-?\d+\.\d$/.test(raw) ? `${raw}0` : null
}

/** JSON inside a JSON string, taken out, or put in. */
function* stringWrapped(whole: WholeBody, text: string): Generator<BodyGuess> {
  const value = whole.json?.value
  if (typeof value === 'string' && value !== '') {
    yield {
      code: 'body-reserialized',
      detail: 'not serialised a second time',
      done: 'With the JSON taken out of the string that it was serialised into',
      weight: 0.9,
      bytes: () => Buffer.from(value),
    }
  } else {
    yield {
      code: 'body-reserialized',
      detail: 'serialised twice, as a JSON string',
      done: 'With the JSON serialised once more, as a string',
      weight: 0.05,
      bytes: () => Buffer.from(JSON.stringify(text)),
    }
  }
}
