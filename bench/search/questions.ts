import type { View } from '#engine/store/search/types.ts'

export interface Question {
  name: string
  query: string
  view?: View
  /** Milliseconds that a first page may take. */
  aimMs: number
}

const INDEXED_MS = 50
const TEXT_MS = 200
const indexed = (query: string, view: View = {}): Question => ({
  name: `${query || 'everything'}${view.sort ? `, by ${view.sort}` : ''}${view.grouped ? ', grouped' : ''}`,
  query,
  view,
  aimMs: INDEXED_MS,
})
const text = (name: string, query: string, view: View = {}): Question => ({
  name: `${name}: ${query}`,
  query,
  view,
  aimMs: TEXT_MS,
})

/** First pages, of filters on indexed fields and of text searches. */
export const questions: readonly Question[] = [
  indexed(''),
  indexed('', { grouped: true }),
  indexed('verdict:invalid'),
  indexed('-verdict:valid'),
  indexed('endpoint:stripe verdict:invalid'),
  indexed('is:duplicate'),
  indexed('type:invoice.paid'),
  indexed('type:invoice.*'),
  indexed('status:>=500'),
  indexed('size:>1027'),
  indexed('skew:>60'),
  indexed('skew:>399'),
  indexed('duration:>41'),
  indexed('after:2h'),
  indexed('path:/hooks/str*'),
  indexed('', { sort: 'size' }),
  indexed('', { sort: 'skew', ascending: true }),
  indexed('verdict:invalid', { sort: 'duration' }),
  text('rare word', 'zyzzyva'),
  text('word', 'quokka'),
  text('common word', 'settlement'),
  text('word of all', 'json'),
  text('phrase', '"invoice paid"'),
  text('common words, no phrase', '"json application"'),
  text('prefix', 'settl*'),
  text('prefix of many', 'ba*'),
  text('one letter', 'a*'),
  text('with verdict', 'settlement verdict:invalid'),
  text('rare with verdict', 'quokka verdict:invalid'),
  text('without', '-settlement'),
  text('word by size', 'quokka', { sort: 'size' }),
  text('part of an id', 'id:msg_00a'),
  text('part of an id', 'id:a7f3'),
  text('header', 'header:x-event-type=push'),
  text('json word', 'json:$.data.object.state=paid'),
]
