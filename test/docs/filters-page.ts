import { catchAll, filterKeys, type FilterKey } from '#contract/filter/terms.ts'
import { LONGEST_FILTER } from '#contract/filter/parse.ts'
import { states, type State } from '#contract/filter/filter.ts'
import { verdicts } from '#contract/verdict.ts'

const stateWords: Record<State, string> = {
  failure: 'a correct receiver would refuse it: invalid, stale, unsigned, malformed or incomplete',
  duplicate: 'it repeats an earlier delivery, in whatever way',
  retry: 'same message and body, signed anew',
  'exact-replay': 'same message id, timestamp and signature',
  'id-reuse': 'same message id, another body',
  'same-body': 'equal body, in a scheme without message ids',
  replay: 'Countersign sent it',
  imported: 'it came from a file, it was not captured here',
  challenge: 'a set-up handshake',
  pinned: 'pinned',
  noted: 'it has a note',
  tagged: 'it has a tag',
  cut: 'its body is longer than what text search reads of one (256 KiB of text)',
}

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}

function keyRow({ key, means, examples }: FilterKey): string[] {
  return [code(`${key}:`), means, examples.map(code).join(' ')]
}

/** docs/filters.md: the prose, and tables from the data that the parser reads. */
export function filtersPage(): string {
  return [
    '# Filters',
    '',
    'One field finds deliveries: in the app’s top bar, in saved filters, in `countersign list --query`, `wait --query` and `listen --query`, and as `query` of the API. This page is made from the data that the parser reads, by `npm run docs:generate`.',
    '',
    '```',
    'endpoint:stripe verdict:invalid size:>10kb after:2h',
    'type:invoice.* -is:duplicate',
    '(verdict:invalid OR verdict:stale) body:"free text"',
    'json:$.data.amount>1000 header:user-agent=Stripe*',
    '```',
    '',
    '## Putting conditions together',
    '',
    '- Side by side, all must hold. `AND` may stand between them and changes nothing.',
    '- `OR`, in capitals, joins alternatives; it binds more loosely than standing side by side: `a b OR c` is `(a b) OR c`.',
    '- Parentheses group, at most 20 deep.',
    '- `-` directly before a condition or a parenthesis negates it: `-verdict:valid`, `-(a OR b)`.',
    '- A value with spaces or parentheses stands in quotes: `endpoint:"My shop"`. In quotes, `\\"` is a quote and `\\\\` a backslash.',
    `- A filter has at most ${LONGEST_FILTER.toLocaleString('en')} characters and 100 conditions.`,
    '',
    '## Words',
    '',
    'What has no key is searched in bodies, headers and URLs. `refund` finds the whole word, `refun*` what begins so, `"free text"` these words one after another, `"free te"*` the same with the last one only begun. Case and accents do not matter. Words are letters and digits; what stands between them (`-`, `_`, `.`) only separates. Of a long body, the first 256 KiB of text are searched.',
    '',
    'Letters with a colon behind them are a key, and one that does not exist is an error; URLs (`https://…`) and times (`12:30`) are words. Any other text with a colon stands in quotes.',
    '',
    '## Keys',
    '',
    ...table(['key', 'looks at', 'examples'], filterKeys.map(keyRow)),
    '',
    `A text is compared whole, ignoring case; \`*\` stands for any run of characters in it, also in quotes. \`id:\` and \`note:\` find any part. \`endpoint:${catchAll}\` finds deliveries that came to no endpoint. Header names ignore case; a header that is repeated matches when any of its values does.`,
    '',
    `Verdicts: ${[...verdicts].reverse().map(code).join(', ')} ([what they mean](verdicts.md)).`,
    '',
    'States:',
    '',
    ...table(
      ['`is:`', 'means'],
      states.map((state) => [code(state), stateWords[state]]),
    ),
    '',
    '## Numbers',
    '',
    '`status:`, `size:`, `skew:` and `duration:` take `200`, `>400`, `>=400`, `<500`, `<=499`, and `200..299` with both ends inside; one end may be left out (`400..`). `status:4xx` is `400..499`. Fractions are fine: `size:>1.5mb`.',
    '',
    '- Sizes are bytes, or have a unit: `kb`, `mb`, `gb` (1,000 each), `kib`, `mib`, `gib` (1,024).',
    '- Durations are milliseconds, or have a unit: `ms`, `s`, `min` or `m`, `h`, `d`.',
    '- Skew is in seconds, or has one of the same units. Without a sign its size is compared, whichever way it goes: `skew:>60`. With a sign the direction counts: `skew:<-60` was signed more than a minute before it arrived, `skew:>+60` more than a minute ahead.',
    '',
    '## Times',
    '',
    '`after:` includes its moment, `before:` does not. A moment is a time ago (`30s`, `15min` or `15m`, `2h`, `7d`, `1w`), `now`, `today` or `yesterday` (their beginning), `14:00` of today, a date, or a date and time: `2026-11-01`, `"2026-11-01 14:00"`, `2026-11-01T14:00:05.250`. Without a zone it is the local time of the machine that Countersign runs on; `Z` or `+01:00` behind it says another.',
    '',
    '## JSON',
    '',
    '`json:` takes a path as in RFC 9535: keys (`$.data.id`, `$["odd key"]`), places (`$.items[0]`) and `*` for every one (`$.items[*].sku`, `$.data.*`). `$.` may be left out at the beginning. Alone it asks whether something is there; `=` and `!=` compare text, numbers, `true`, `false` and `null`; `<`, `<=`, `>` and `>=` compare numbers. A value in quotes is text: `json:$.id="42"` is not the number 42. `*` in a text stands for any run. Where a path leads to several values, one that fits is enough. Numbers keep their digits, however many.',
    '',
    'Header values and JSON have no index of their own: where their words do not narrow it down, such a filter goes through deliveries from the newest on, and rows appear as they are found.',
    '',
  ].join('\n')
}
