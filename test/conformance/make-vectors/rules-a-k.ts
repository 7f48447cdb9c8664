import { formBody, jsonBodies } from './bodies.ts'
import type { Rule } from './rule.ts'

/** The schemes from a to k. */
export const rules: Rule[] = [
  {
    scheme: 'acuity',
    provider: 'Acuity Scheduling',
    secretForm: 'the account’s API key as text',
    algorithm: 'hmac-sha256',
    secret: 'acuity-api-key-0001',
    otherSecret: 'acuity-api-key-0002',
    bodies: [formBody, ...jsonBodies],
    content: ({ body }) => [body],
    encoding: 'base64',
    place: { header: 'X-Acuity-Signature' },
    tolerance: null,
  },
]
