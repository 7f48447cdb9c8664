import type { Plan, Source, Uses } from './plan.ts'

/** What of a request the plan looks at. */
export function usesOf(plan: Omit<Plan, 'uses'>): Uses {
  const sources = [plan.signature.source, ...plan.reads.map(({ source }) => source)].flatMap(flat)
  const any = (kind: Source['kind']) => sources.some((source) => source.kind === kind)
  return {
    method: any('method'),
    url: plan.procedure === 'twilio-form' || any('url') || any('path') || any('query'),
    query: any('query') || any('path'),
    json: plan.procedure === 'adyen-item' || any('json'),
    form: any('form'),
    fields: any('field'),
    compactJson: plan.content.some((part) => part.kind === 'body' && part.as === 'compact-json'),
  }
}

function flat(source: Source): Source[] {
  return source.kind === 'joined' ? source.parts.flatMap(flat) : [source]
}
