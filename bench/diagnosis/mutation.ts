import type { Scheme } from '#contract/scheme.ts'
import type { Delivery, Mutation, Plan } from './plan.ts'

export type Apply = Mutation['apply']
export const mutation = (code: Mutation['code'], name: string, apply: Apply): Mutation => ({
  code,
  name,
  apply,
})

export const onTheWay = (plan: Plan, step: (delivery: Delivery) => Delivery): Plan => ({
  ...plan,
  onTheWay: [...plan.onTheWay, step],
})
export const bodyAfter = (plan: Plan, change: (body: Buffer) => Buffer): Plan =>
  onTheWay(plan, ({ head, body }) => ({ head, body: change(Buffer.from(body)) }))

/** Signed over the body and headers, by a template, with a digest. */
export function isSimple(scheme: Scheme): boolean {
  return (
    /^(?:hmac-|sha)/.test(scheme.algorithm) &&
    !scheme.jwt &&
    scheme.content.includes('{body}') &&
    !scheme.content.includes('{json') &&
    'header' in scheme.signature.place &&
    scheme.signedBody === undefined &&
    (!scheme.timestamp || !('json' in scheme.timestamp.place))
  )
}
