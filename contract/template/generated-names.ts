import type { Random } from './random.ts'
import type { TemplateValues } from './values.ts'
import type { ValueName } from './value-names.ts'
import {
  CITIES,
  COMPANIES,
  COMPANY_ENDINGS,
  FIRST_NAMES,
  LAST_NAMES,
  MAIL_DOMAINS,
  WORDS,
} from './words.ts'

const HEX = '0123456789abcdef'
const MOST_DIGITS = 1024
/** The end of what Date can say (ECMA-262, 21.4.1.1). */
const LAST_MS = 8_640_000_000_000_000

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

function made(
  shape: Omit<ValueName, 'of' | 'value' | 'takes'> & { takes?: ValueName['takes'] },
  value: (random: Random, values: readonly string[]) => string,
): ValueName {
  return {
    takes: [0, 0],
    ...shape,
    of: 'generated',
    value: (values, { random }) => value(random, values),
  }
}

function moment(usage: string, says: string, write: (ms: number) => string): ValueName {
  return {
    usage: `${usage} +5m`,
    says,
    of: 'generated',
    takes: [0, 1],
    check: ([offset]) =>
      offset === undefined || offsetMs(offset) !== null
        ? null
        : `“${offset}” is no time from now such as +5m, -30s, +2h or +1d.`,
    value: ([offset = '+0s'], { nowMs }: TemplateValues) => {
      const ms = Math.round(nowMs + (offsetMs(offset) ?? 0))
      return write(Math.min(LAST_MS, Math.max(-LAST_MS, ms)))
    },
  }
}

/** What a template can make up; with the same seed the same. */
export const GENERATED_NAMES: Readonly<Record<string, ValueName>> = {
  uuid: made({ usage: 'uuid', says: 'A random UUID (version 4).' }, uuid),
  now: moment('now', 'Unix seconds, now or so long from now.', (ms) =>
    String(Math.floor(ms / 1000)),
  ),
  nowMs: moment('nowMs', 'Unix milliseconds.', String),
  isoNow: moment('isoNow', 'The time as ISO 8601, in UTC.', (ms) => new Date(ms).toISOString()),
  counter: {
    usage: 'counter',
    says: 'A number that rises by one each time.',
    of: 'generated',
    takes: [0, 0],
    value: (_, { counter }) => String(counter),
  },
  int: made(
    { usage: 'int 1 100', says: 'A whole number of a range.', takes: [2, 2], check: rangeProblem },
    (random, [low, high]) => String(random.int(Number(low), Number(high))),
  ),
  pick: made({ usage: 'pick A B C', says: 'One of these.', takes: [1, 100] }, (random, items) =>
    random.pick(items),
  ),
  hex: made(
    { usage: 'hex 16', says: 'So many hexadecimal digits.', takes: [1, 1], check: digitsProblem },
    (random, [count]) => hex(random, Number(count)),
  ),
  firstName: made({ usage: 'firstName', says: 'A first name.' }, (r) => r.pick(FIRST_NAMES)),
  lastName: made({ usage: 'lastName', says: 'A last name.' }, (r) => r.pick(LAST_NAMES)),
  email: made({ usage: 'email', says: 'An address at example.com or a sister of it.' }, email),
  company: made(
    { usage: 'company', says: 'A company.' },
    (r) => `${r.pick(COMPANIES)} ${r.pick(COMPANY_ENDINGS)}`,
  ),
  city: made({ usage: 'city', says: 'A city.' }, (r) => r.pick(CITIES)),
  amount: made(
    { usage: 'amount', says: 'An amount with two decimals, such as 19.95.' },
    (r) => `${r.int(1, 999)}.${String(r.int(0, 99)).padStart(2, '0')}`,
  ),
  word: made({ usage: 'word', says: 'A word.' }, (r) => r.pick(WORDS)),
  sentence: made({ usage: 'sentence', says: 'A short sentence.' }, sentence),
}

function rangeProblem([low = '', high = '']: readonly string[]): string | null {
  const whole = /^-?\d{1,15}$/
  if (!whole.test(low) || !whole.test(high)) return 'The ends of the range are whole numbers.'
  return Number(low) <= Number(high) ? null : `${low} is more than ${high}.`
}

function digitsProblem([count = '']: readonly string[]): string | null {
  const right = /^\d{1,4}$/.test(count) && Number(count) >= 1 && Number(count) <= MOST_DIGITS
  return right ? null : `The number of digits is 1 to ${MOST_DIGITS}.`
}

function offsetMs(text: string): number | null {
  const [, sign, count, unit = ''] = /^([+-])(\d{1,9})([smhd])$/.exec(text) ?? []
  if (sign === undefined) return null
  return (sign === '-' ? -1 : 1) * Number(count) * (UNIT_MS[unit] ?? 0)
}

function hex(random: Random, count: number): string {
  let digits = ''
  for (let index = 0; index < count; index += 1) digits += HEX[random.int(0, 15)]
  return digits
}

/** RFC 9562, section 5.4. */
function uuid(random: Random): string {
  const variant = HEX[random.int(8, 11)]
  const [a, b, c, d] = [8, 4, 3, 3].map((count) => hex(random, count))
  return `${a}-${b}-4${c}-${variant}${d}-${hex(random, 12)}`
}

function email(random: Random): string {
  const name = `${random.pick(FIRST_NAMES)}.${random.pick(LAST_NAMES)}`.toLowerCase()
  return `${name}@${random.pick(MAIL_DOMAINS)}`
}

function sentence(random: Random): string {
  const words = Array.from({ length: random.int(4, 9) }, () => random.pick(WORDS))
  const text = words.join(' ')
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}
