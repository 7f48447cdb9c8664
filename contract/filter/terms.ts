import { verdicts, type Verdict } from '#contract/verdict.ts'
import { states, type FilterTerm } from './filter.ts'
import { nearest } from './nearest.ts'
import { duration, size } from './ranges.ts'
import type { Read, Stretch } from './reading.ts'
import {
  numbers,
  part,
  pattern,
  readAfter,
  readBefore,
  readHeader,
  readJsonTerm,
  readSkew,
  readState,
  readStatus,
  readVerdict,
  words,
} from './term-readers.ts'

/** One key of the language: everything that reads, suggests or documents it looks here. */
export interface FilterKey {
  key: string
  /** What it looks at; a sentence without its dot. */
  means: string
  /** What stands behind the colon. */
  value: string
  examples: readonly [string, ...string[]]
  /** All values that there are, where they are few. */
  values?: readonly string[]
  read(value: Stretch, nowMs: number): Read<FilterTerm>
}

export const catchAll = 'catch-all'

/** In the order in which they are suggested. */
export const filterKeys: readonly FilterKey[] = [
  {
    key: 'endpoint',
    means: 'The name of the endpoint it came to; catch-all: to none',
    value: 'a name',
    examples: ['endpoint:stripe', 'endpoint:"My shop"', 'endpoint:catch-all'],
    read: pattern('endpoint'),
  },
  {
    key: 'verdict',
    means: 'The current verdict on its signature',
    value: 'a verdict',
    examples: ['verdict:invalid', '-verdict:valid'],
    values: [...verdicts].reverse() satisfies Verdict[],
    read: readVerdict,
  },
  {
    key: 'is',
    means: 'A state that it is in',
    value: 'a state',
    examples: ['is:duplicate', 'is:pinned'],
    values: states,
    read: readState,
  },
  {
    key: 'type',
    means: 'The event type that the provider names',
    value: 'an event type',
    examples: ['type:invoice.paid', 'type:invoice.*'],
    read: pattern('type'),
  },
  {
    key: 'method',
    means: 'The HTTP method',
    value: 'a method',
    examples: ['method:POST'],
    values: ['POST', 'PUT', 'PATCH', 'GET', 'DELETE', 'HEAD', 'OPTIONS'],
    read: pattern('method'),
  },
  {
    key: 'path',
    means: 'The path it was sent to, without the query',
    value: 'a path',
    examples: ['path:/stripe', 'path:/x/*'],
    read: pattern('path'),
  },
  {
    key: 'status',
    means: 'The status it was answered with',
    value: 'a status',
    examples: ['status:>=400', 'status:4xx', 'status:200..299'],
    values: ['2xx', '3xx', '4xx', '5xx', '>=400'],
    read: readStatus,
  },
  {
    key: 'size',
    means: 'The size of its body as it came (B, kB, MB; kiB, MiB)',
    value: 'a size',
    examples: ['size:>10kb', 'size:1mb..5mb'],
    values: ['>10kb', '>100kb', '>1mb', '0'],
    read: numbers('size', size),
  },
  {
    key: 'skew',
    means: 'How far its timestamp is from its receipt, in seconds; with a sign: before or after',
    value: 'seconds',
    examples: ['skew:>60', 'skew:<-60', 'skew:>5min'],
    values: ['>60', '<-60', '>+60', '>5min'],
    read: readSkew,
  },
  {
    key: 'duration',
    means: 'How long its answer took (ms, s, min, h, d)',
    value: 'a length of time',
    examples: ['duration:>500ms', 'duration:1s..10s'],
    values: ['>500ms', '>1s', '>5s', '>10s'],
    read: numbers('duration', duration),
  },
  {
    key: 'after',
    means: 'Received at this moment or later',
    value: 'a moment',
    examples: ['after:2h', 'after:yesterday', 'after:"2026-11-01 14:00"'],
    values: ['15min', '1h', '24h', '7d', 'today', 'yesterday'],
    read: readAfter,
  },
  {
    key: 'before',
    means: 'Received earlier than this moment',
    value: 'a moment',
    examples: ['before:2026-11-01', 'before:1h', 'before:2026-11-01T14:00:00Z'],
    values: ['1h', '24h', '7d', 'today', 'yesterday'],
    read: readBefore,
  },
  {
    key: 'header',
    means: 'A header is there, or has this value',
    value: 'a header',
    examples: ['header:x-foo', 'header:x-foo=bar', 'header:user-agent=curl*'],
    values: ['content-type', 'user-agent', 'content-encoding', 'authorization', 'x-request-id'],
    read: readHeader,
  },
  {
    key: 'body',
    means: 'Words in the body',
    value: 'words',
    examples: ['body:refund', 'body:"free text"', 'body:refun*'],
    read: words('body'),
  },
  {
    key: 'headers',
    means: 'Words in any header',
    value: 'words',
    examples: ['headers:curl'],
    read: words('headers'),
  },
  {
    key: 'url',
    means: 'Words in the path and the query',
    value: 'words',
    examples: ['url:tenant'],
    read: words('url'),
  },
  {
    key: 'json',
    means: 'A value in a JSON body is there, or compares so (=, !=, <, <=, >, >=)',
    value: 'a path',
    examples: [
      'json:$.data.amount>1000',
      'json:$.items[*].sku="a b"',
      'json:$["odd key"]',
      'json:$.livemode=false',
    ],
    read: readJsonTerm,
  },
  {
    key: 'id',
    means: 'Any part of the message id, or the number of the delivery',
    value: 'an id',
    examples: ['id:msg_2x', 'id:1042'],
    read: part('id'),
  },
  {
    key: 'note',
    means: 'Any part of its note',
    value: 'text',
    examples: ['note:flaky', 'note:"ask Ada"'],
    read: part('note'),
  },
  {
    key: 'tag',
    means: 'A tag that it has',
    value: 'a tag',
    examples: ['tag:urgent'],
    read: pattern('tag'),
  },
  {
    key: 'scheme',
    means: 'The scheme it was judged with, by its id',
    value: 'a scheme',
    examples: ['scheme:stripe'],
    read: pattern('scheme'),
  },
]

const byKey = new Map(filterKeys.map((each) => [each.key, each]))

export function filterKey(key: string): FilterKey | undefined {
  return byKey.get(key)
}

/** Says of a key that is none what was likely meant. */
export function unknownKey(key: string, term: string): string {
  const near = nearest(key, [...byKey.keys()])
  if (near !== null) return `There is no key “${key}:”. Write ${near}: instead.`
  if (key.includes('-')) {
    return `There is no key “${key}:”. For a header write header:${key}=…; to search for the text, put it in quotes.`
  }
  const example = term.length < 30 && !/["\\]/.test(term) ? `: "${term}"` : ''
  return `There is no key “${key}:”. To search for the text, put it in quotes${example}.`
}
