import { LogLevel } from '#contract/log.ts'
import { z } from 'zod'

/** A data key is 32 bytes and wrapped a few hundred; anything larger is a mistake. */
export const MAX_KEY_BYTES = 4096

const KeyBytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array)
  .refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= MAX_KEY_BYTES)

export const StartOptions = z.object({
  dataDir: z.string(),
  version: z.string(),
  /** `null`: as the settings say. */
  listen: z.object({
    host: z.string().nullable(),
    port: z.number().int().nullable(),
    portWasAskedFor: z.boolean(),
  }),
  /** Whether main can wrap keys with an OS key storage that deserves the name. */
  osKeyStorage: z.boolean(),
  logging: z.object({ level: LogLevel, bodies: z.boolean() }),
})
export type StartOptions = z.infer<typeof StartOptions>

/** From main to the engine. `start` comes first and once; `port` carries one MessagePort. */
export const ToEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), options: StartOptions }),
  z.object({ type: z.literal('port') }),
  z.object({ type: z.literal('key-answer'), id: z.number(), bytes: KeyBytes.nullable() }),
  z.object({ type: z.literal('close') }),
])
export type ToEngine = z.infer<typeof ToEngine>

/** From the engine to main; the data key crosses here and nowhere else. */
export const FromEngine = z.discriminatedUnion('type', [
  /** Once it started, and again whenever the listener moved. */
  z.object({
    type: z.literal('ready'),
    /** `true`: another engine serves this data directory and this process only passes on. */
    attached: z.boolean(),
    /** Where senders post to; `null`: see the status in the window. */
    url: z.string().nullable(),
  }),
  z.object({ type: z.literal('start-failed'), code: z.string(), message: z.string() }),
  z.object({
    type: z.literal('key-request'),
    id: z.number(),
    action: z.enum(['wrap', 'unwrap']),
    bytes: KeyBytes,
  }),
])
export type FromEngine = z.infer<typeof FromEngine>
export type KeyRequest = Extract<FromEngine, { type: 'key-request' }>
