import { z } from 'zod'

/** One thing that the doctor looked at. */
export const Finding = z.object({
  /** Stable, such as `integrity` or `orphaned-bodies`. */
  code: z.string(),
  /** `fine`; `note`: worth knowing; `wrong`: something is damaged, missing or unreadable. */
  level: z.enum(['fine', 'note', 'wrong']),
  title: z.string(),
  sentence: z.string(),
  /** What a repair does about it, without losing anything; `null`: nothing can or need be done. */
  repair: z.string().nullable(),
})
export type Finding = z.infer<typeof Finding>

/** A database that was damaged, and what became of it. Nothing of it is deleted. */
export const SetAside = z.object({
  id: z.string(),
  /** Absolute; database, log and bodies without a delivery lie in it as they were. */
  folder: z.string(),
  happenedAtMs: z.number(),
  sentence: z.string(),
  /** Rows that could not be read; a page counts as one, whatever it held. */
  unreadable: z.number(),
  acknowledged: z.boolean(),
})
export type SetAside = z.infer<typeof SetAside>

export const Backup = z.object({
  /** Absolute. */
  file: z.string(),
  bytes: z.number(),
  madeAtMs: z.number(),
  /** `before-migration`: made by itself, the newest three are kept. */
  kind: z.enum(['before-migration', 'asked-for']),
  /** Schema version inside. */
  version: z.number().nullable(),
})
export type Backup = z.infer<typeof Backup>

/** What is known without looking through anything. */
export const DataFacts = z.object({
  dataDir: z.string(),
  schemaVersion: z.number(),
  databaseBytes: z.number(),
  logBytes: z.number(),
  bodyFiles: z.number(),
  bodyFileBytes: z.number(),
  freeBytes: z.number().nullable(),
  backups: z.array(Backup),
  setAside: z.array(SetAside),
})
export type DataFacts = z.infer<typeof DataFacts>

export const Diagnosis = z.object({
  checkedAtMs: z.number(),
  tookMs: z.number(),
  facts: DataFacts,
  findings: z.array(Finding),
  /** What was repaired before these findings were made, a sentence each. */
  repaired: z.array(z.string()),
})
export type Diagnosis = z.infer<typeof Diagnosis>

export const MadeBackup = z.object({
  file: z.string(),
  bytes: z.number(),
  deliveries: z.number(),
  bodyFiles: z.number(),
  missingBodies: z.number(),
})
export type MadeBackup = z.infer<typeof MadeBackup>
