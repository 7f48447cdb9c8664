import type { SchemeInfo } from '#contract/endpoint.ts'
import { github } from './schemes/github.ts'
import { notifykit } from './schemes/notifykit.ts'
import { novu } from './schemes/novu.ts'
import { standardWebhooks } from './schemes/standard-webhooks.ts'
import { stripe } from './schemes/stripe.ts'
import { svix } from './schemes/svix.ts'
import type { Scheme } from './types.ts'

/** Every scheme that there is, in the order in which they are offered. */
export const schemes: readonly Scheme[] = [novu, notifykit, svix, standardWebhooks, stripe, github]

const schemesById = new Map(schemes.map((scheme) => [scheme.id, scheme]))

/** The scheme of that id; always the same object, so that what is made of it can be kept. */
export function findScheme(id: string): Scheme | null {
  return schemesById.get(id) ?? null
}

/** What the app shows of a scheme. */
export function schemeInfo(scheme: Scheme): SchemeInfo {
  return {
    id: scheme.id,
    name: scheme.name,
    documentationUrl: scheme.documentationUrl,
    algorithm: scheme.algorithm.toUpperCase(),
    tolerance: scheme.tolerance,
    signatureHeader: scheme.signature.header,
    hasMessageId: scheme.messageId !== null,
    hasTimestamp: scheme.timestamp !== null,
    secretHint: scheme.secretHint,
    quirks: [...scheme.quirks],
  }
}
