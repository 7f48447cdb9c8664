import type { Scheme } from './scheme.ts'

/** A token or Basic auth: the credential itself comes with the request, and covers nothing of it. */
export function isCredential({ algorithm }: Pick<Scheme, 'algorithm'>): boolean {
  return algorithm === 'shared-token' || algorithm === 'basic-auth'
}
