import Database from 'better-sqlite3'

export interface WriteFailure {
  /** Stable, such as `disk-full`. */
  code: 'disk-full' | 'locked' | 'read-only' | 'io-error' | 'damaged' | 'write-failed'
  /** What happened and what to do, in the product's voice. */
  sentence: string
}

/** By the primary result code, https://sqlite.org/rescode.html; extended codes begin with it. */
const failures: readonly (readonly [RegExp, WriteFailure])[] = [
  [
    /^SQLITE_FULL\b/,
    {
      code: 'disk-full',
      sentence: 'The disk is full: deliveries are refused with 503. Free some space.',
    },
  ],
  [
    /^SQLITE_(BUSY|LOCKED)/,
    {
      code: 'locked',
      sentence:
        'Another program holds the database: deliveries are refused with 503 until it lets go.',
    },
  ],
  [
    /^SQLITE_(READONLY|PERM|AUTH)/,
    {
      code: 'read-only',
      sentence:
        'The database cannot be written: deliveries are refused with 503. ' +
        'Make the data directory and its files writable.',
    },
  ],
  [
    /^SQLITE_(IOERR|CANTOPEN)/,
    {
      code: 'io-error',
      sentence:
        'The disk reported an error: deliveries are refused with 503. ' +
        'Check that the disk of the data directory is there and healthy.',
    },
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    {
      code: 'damaged',
      sentence:
        'The database is damaged: deliveries are refused with 503 ' +
        'until what can be read of it is in a new one.',
    },
  ],
]

/** Whether the database itself refused, so that the same may succeed later. */
export function isDatabaseFailure(error: unknown): boolean {
  return error instanceof Database.SqliteError
}

/** Says what a failed write means for the person; never throws. */
export function describeWriteFailure(error: unknown): WriteFailure {
  const code = error instanceof Database.SqliteError ? error.code : ''
  for (const [pattern, failure] of failures) if (pattern.test(code)) return failure
  const detail = error instanceof Error ? error.message : String(error)
  return {
    code: 'write-failed',
    sentence: `The database refused a write (${detail}): deliveries are refused with 503.`,
  }
}
