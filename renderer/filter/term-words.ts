import { catchAll } from '#contract/filter/terms.ts'
import type { FilterTerm, Range, State } from '#contract/filter/filter.ts'
import { writeJson } from '#contract/filter/json-path.ts'
import type { Verdict } from '#contract/verdict.ts'
import { formatClock, formatDay, formatDuration, formatSize } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'

/** What deliveries do, cut so that "are invalid" and "are large" can share their "are". */
export interface Predicate {
  verb: string
  rest: string
}

const say = (verb: string, rest: string): Predicate => ({ verb, rest })
const are = (rest: string) => say('are', rest)
const not = (rest: string) => say('are not', rest)

interface Both {
  yes: Predicate
  no: Predicate
}

const adjective = (word: string): Both => ({ yes: are(word), no: not(word) })
const noun = (word: string): Both => ({ yes: are(word), no: say('are no', word) })
const owned = (yes: string, no: string): Both => ({ yes: say('have', yes), no: say('have', no) })
const past = (verb: string, base: string, rest: string): Both => ({
  yes: say(verb, rest),
  no: say(`did not ${base}`, rest),
})
const had = (rest: string): Both => ({ yes: say('have', rest), no: say('do not have', rest) })

const states: Record<State, Both> = {
  failure: noun('failures'),
  duplicate: noun('duplicates'),
  retry: noun('retries'),
  'exact-replay': noun('exact replays'),
  'id-reuse': { yes: say('reuse', 'an id'), no: say('reuse', 'no id') },
  'same-body': { yes: say('repeat', 'a body'), no: say('repeat', 'no body') },
  replay: noun('replays of ours'),
  imported: adjective('imported'),
  challenge: noun('challenges'),
  pinned: adjective('pinned'),
  noted: owned('a note', 'no note'),
  tagged: owned('a tag', 'no tag'),
  cut: {
    yes: are('too long to be searched whole'),
    no: are('short enough to be searched whole'),
  },
}

function verdictWords(verdict: Verdict): Both {
  if (verdict === 'challenge') return noun('challenges')
  if (verdict === 'no-secret') return owned('no secret', 'a secret')
  if (verdict === 'no-scheme') return owned('no scheme', 'a scheme')
  return adjective(verdictLooks[verdict].word)
}

interface Comparing {
  more: string
  least: string
  less: string
  most: string
  exactly: string
}

function compared(
  { from, fromOpen, to, toOpen }: Range,
  words: Comparing,
  unit: (n: number) => string,
): string {
  if (from !== null && from === to) return `${words.exactly} ${unit(from)}`
  if (from !== null && to !== null) return `between ${unit(from)} and ${unit(to)}`
  if (from !== null) return `${fromOpen ? words.more : words.least} ${unit(from)}`
  return to === null ? 'anything' : `${toOpen ? words.less : words.most} ${unit(to)}`
}

const lengths = {
  more: 'more than',
  least: 'at least',
  less: 'less than',
  most: 'at most',
  exactly: 'exactly',
}
const plain = { ...lengths, more: 'over', less: 'under', exactly: '' }

function sizeWords(range: Range): Both {
  const open = range.from !== null && range.to === null ? range.fromOpen : range.toOpen
  const one = range.from === null || range.to === null
  const words = { ...lengths, more: 'larger than', less: 'smaller than' }
  const text = compared(range, words, formatSize)
  return one && open ? adjective(text) : adjective(`${text} in size`)
}

const signless = (seconds: number) => formatDuration(seconds * 1000)

function skewWords({ range, signed }: { range: Range; signed: boolean }): Both {
  const unit = signed
    ? (seconds: number) => `${seconds < 0 ? '−' : '+'}${signless(seconds)}`
    : signless
  return had(`a skew of ${compared(range, lengths, unit)}`)
}

/** `14:00 today`, `yesterday 09:30`, `2026-11-01 14:00`. */
function momentWords(ms: number, nowMs: number): string {
  const clock = formatClock(ms)
  const time = clock.endsWith(':00') ? clock.slice(0, 5) : clock
  const day = formatDay(ms)
  if (day === formatDay(nowMs)) return time === '00:00' ? 'the beginning of today' : `${time} today`
  const today = new Date(nowMs)
  const before = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).getTime()
  if (day === formatDay(before)) {
    return time === '00:00' ? 'the beginning of yesterday' : `${time} yesterday`
  }
  return time === '00:00' ? day : `${day} ${time}`
}

function timeWords({ from, to }: Range, nowMs: number): Both {
  const since = (ms: number) => say('came', `since ${momentWords(ms, nowMs)}`)
  const before = (ms: number) => say('came', `before ${momentWords(ms, nowMs)}`)
  if (from !== null) return { yes: since(from), no: before(from) }
  return { yes: before(to ?? 0), no: since(to ?? 0) }
}

const quoted = (text: string) => `“${text}”`
const places = { anywhere: '', body: ' in the body', headers: ' in a header', url: ' in the URL' }

function textWords(term: Extract<FilterTerm, { kind: 'text' }>): Both {
  const text = `${quoted(term.prefix ? `${term.text}…` : term.text)}${places[term.where]}`
  return { yes: say('contain', text), no: say('do not contain', text) }
}

function jsonWords(term: Extract<FilterTerm, { kind: 'json' }>): Both {
  const path = writeJson({ path: term.path, comparison: null })
  if (term.comparison === null) return had(path)
  const { operator, value, quoted: text } = term.comparison
  return had(`${path} ${operator} ${text ? quoted(value) : value}`)
}

function endpointWords(pattern: string): Both {
  if (pattern.toLowerCase() === catchAll) {
    return { yes: say('came', 'to no endpoint'), no: say('came', 'to an endpoint') }
  }
  return past('came', 'come', `to ${pattern}`)
}

/** A condition and its contrary, in words. */
export function termWords(term: FilterTerm, nowMs: number): Both {
  switch (term.kind) {
    case 'endpoint':
      return endpointWords(term.pattern)
    case 'scheme':
      return adjective(`signed as ${term.pattern}`)
    case 'verdict':
      return verdictWords(term.verdict)
    case 'is':
      return states[term.state]
    case 'type':
      return adjective(`of type ${term.pattern}`)
    case 'method':
      return past('came', 'come', `by ${term.pattern}`)
    case 'path':
      return past('came', 'come', `to the path ${term.pattern}`)
    case 'status': {
      const text = compared(term.range, plain, String).trim()
      return {
        yes: say('were answered', `with ${text}`),
        no: say('were not answered', `with ${text}`),
      }
    }
    case 'size':
      return sizeWords(term.range)
    case 'skew':
      return skewWords(term)
    case 'duration':
      return past(
        'took',
        'take',
        compared(term.range, { ...lengths, more: 'longer than' }, formatDuration),
      )
    case 'time':
      return timeWords(term.range, nowMs)
    case 'header':
      return had(
        term.pattern === null
          ? `a header ${term.name}`
          : `a header ${term.name} with ${quoted(term.pattern)}`,
      )
    case 'id':
      return had(`${quoted(term.text)} in their id`)
    case 'note':
      return had(`${quoted(term.text)} in their note`)
    case 'tag':
      return adjective(`tagged ${term.pattern}`)
    case 'text':
      return textWords(term)
    case 'json':
      return jsonWords(term)
    default:
      return term satisfies never
  }
}
