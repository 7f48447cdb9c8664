import { z } from 'zod'
import { MAX_RANGE_BYTES } from './http.ts'

/**
 * Limits that inputs share. Whoever calls, each text, list, table and number of an input has an end
 * (contract/bounds.test.ts walks all of them); what goes out is not limited here, since it may have
 * been captured or imported.
 */

/** A header that a caller gives, as it is to stand on the wire. */
export const HeaderName = z.string().max(65_536)
export const HeaderValue = z.string().max(1_000_000)
export const GivenHeader = z.tuple([HeaderName, HeaderValue])

/** A table that a caller gives, with at most so many entries. */
export function tableOf<Value extends z.core.SomeType>(value: Value, mostEntries = 200) {
  return z
    .record(z.string().max(200), value)
    .refine((table) => Object.keys(table).length <= mostEntries, {
      message: `There are at most ${mostEntries} entries.`,
      params: { mostEntries },
    })
}

/** A secret that a caller gives, or nothing yet. Half a character (a lone surrogate) has no bytes. */
export const GivenSecret = z
  .string()
  .max(65_536, 'A secret has at most 64 KiB.')
  .refine((text) => !/\p{Surrogate}/u.test(text), {
    message: 'The secret has half of a character in it: copy it again.',
  })
export const SecretText = GivenSecret.min(1, 'The secret is empty.')

/** What a scheme needs beside the secret, by name. */
export const GivenSettings = tableOf(z.string().max(65_536))

/** Bytes that cross as a Blob, at most so many. */
export function blobOf(mostBytes: number, message: string) {
  return z
    .instanceof(Blob)
    .refine(({ size }) => size <= mostBytes, { message, params: { mostBytes } })
}

/** One piece of a file on its way in. */
export const Piece = blobOf(MAX_RANGE_BYTES, 'A piece has at most 1 MiB.')

/** A moment that a caller names: the years 1 to 9999, which every clock and format here can say. */
export const UnixSeconds = z.number().min(-62_135_596_800).max(253_402_300_799)
export const UnixMs = z.coerce.number().min(-62_135_596_800_000).max(253_402_300_799_999)
