import { z } from 'zod'
import { tableOf } from './bounds.ts'
import { FilterQuery } from './saved-filter.ts'

export const Retention = z.object({
  /** The newest so many are kept; `null`: no limit. Pinned ones stay in any case. */
  maxCount: z.number().int().min(1).nullable(),
  maxAgeDays: z.number().min(0.01).max(36_500).nullable(),
  /** Of bodies and headers together. */
  maxBytes: z.number().int().min(1_000_000).nullable(),
})
export type Retention = z.infer<typeof Retention>

/** HTTPS with a certificate of the person's own; PEM files, read when the listener starts. */
const PemFile = z.string().trim().min(1, 'Name a PEM file.').max(4096)
export const ListenerTls = z.object({ certificateFile: PemFile, keyFile: PemFile })
export type ListenerTls = z.infer<typeof ListenerTls>

export const ListenerSettings = z.object({
  host: z.string().trim().min(1, 'Name an address, such as 127.0.0.1.').max(253),
  port: z.number().int().min(0).max(65_535),
  tls: ListenerTls.nullable(),
  bodyLimitBytes: z
    .number()
    .int()
    .min(1024)
    .max(1024 ** 3),
})
export type ListenerSettings = z.infer<typeof ListenerSettings>

/** When to notify: of deliveries that the filter finds. */
export const NotificationRule = z.object({
  name: z.string().trim().min(1, 'Give the rule a name.').max(60),
  query: FilterQuery,
  enabled: z.boolean(),
})
export type NotificationRule = z.infer<typeof NotificationRule>

/** Keys of an action, such as `Mod+K` or `g`; empty: none. Only what differs from the default. */
export const Keymap = tableOf(z.array(z.string().max(40)).max(4), 500)
export type Keymap = z.infer<typeof Keymap>

export const Notifications = z.object({
  enabled: z.boolean(),
  rules: z.array(NotificationRule).max(50, 'There are at most 50 rules.'),
})

export const Settings = z.object({
  listener: ListenerSettings,
  retention: Retention,
  notifications: Notifications,
})
export type Settings = z.infer<typeof Settings>

export const SettingsChange = z.object({
  listener: ListenerSettings.partial().optional(),
  retention: Retention.partial().optional(),
  notifications: Notifications.partial().optional(),
})
export type SettingsChange = z.infer<typeof SettingsChange>
