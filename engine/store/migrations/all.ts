import { first } from './0001-first.ts'
import { matchedSecret } from './0002-matched-secret.ts'
import { challenges } from './0003-challenges.ts'
import { ownSchemes } from './0004-own-schemes.ts'
import { marks } from './0005-marks.ts'
import { search } from './0006-search.ts'
import { sending } from './0007-sending.ts'
import { clientCertificates } from './0008-client-certificates.ts'
import { cameThrough } from './0009-came-through.ts'
import type { Migration } from './migration.ts'

/** Every migration of this version, in order. */
export const migrations: readonly Migration[] = [
  first,
  matchedSecret,
  challenges,
  ownSchemes,
  marks,
  search,
  sending,
  clientCertificates,
  cameThrough,
]
