import { z } from 'zod'
import { tableOf } from './bounds.ts'
import { ClientCertificates, ListenerTls } from './listener-tls.ts'
import { FilterQuery } from './saved-filter.ts'
import { ProxyAddress, PublicUrl, SshTunnel } from './tunnel.ts'

export const Retention = z.object({
  /** The newest so many are kept; `null`: no limit. Pinned ones stay in any case. */
  maxCount: z.number().int().min(1).nullable(),
  maxAgeDays: z.number().min(0.01).max(36_500).nullable(),
  /** Of bodies and headers together. */
  maxBytes: z.number().int().min(1_000_000).nullable(),
})
export type Retention = z.infer<typeof Retention>

export const ListenerSettings = z.object({
  host: z.string().trim().min(1, 'Name an address, such as 127.0.0.1.').max(253),
  port: z.number().int().min(0).max(65_535),
  tls: ListenerTls.nullable(),
  /** Absent or `null`: senders are not asked for a certificate. */
  clientCertificates: ClientCertificates.nullable().optional(),
  /** A random prefix must stand in front of every path; without it 404, and nothing is recorded. */
  pathToken: z.boolean().optional(),
  bodyLimitBytes: z
    .number()
    .int()
    .min(1024)
    .max(1024 ** 3),
  /** Where senders on the internet post to, as long as no tunnel of ours is open; absent: unknown. */
  publicUrl: PublicUrl.nullable().optional(),
  /** Proxies that are believed beside programs on this machine. */
  proxies: z.array(ProxyAddress).max(50, 'There are at most 50 proxies.').optional(),
  /** Absent or `null`: `ssh -R` goes through localhost.run. */
  sshTunnel: SshTunnel.nullable().optional(),
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
