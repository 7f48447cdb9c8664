import { z } from 'zod'

/** What the page may send to main; anything else is not listened to. Lengths are bounded. */
const DeliveryId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

export const Badge = z.object({
  /** Failures that nobody has looked at. */
  count: z.number().int().min(0).max(1_000_000_000),
  /** The newest of them, for the tray's menu. */
  newest: z.array(z.object({ deliveryId: DeliveryId, text: z.string().max(200) })).max(5),
})
export type Badge = z.infer<typeof Badge>

export const Notice = z.object({
  title: z.string().min(1).max(120),
  body: z.string().max(400),
  deliveryId: DeliveryId.nullable(),
})
export type Notice = z.infer<typeof Notice>

export const ZoomChange = z.enum(['in', 'out', 'reset'])
export type ZoomChange = z.infer<typeof ZoomChange>

/** Keys by command id, such as `{"go.back": "Alt+ArrowLeft"}`. */
export const MenuKeys = z
  .record(z.string().max(60), z.string().max(40))
  .refine((keys) => Object.keys(keys).length <= 100)
export type MenuKeys = z.infer<typeof MenuKeys>

/** What the person chose of the app itself, one thing at a time. */
export const AppChange = z.strictObject({
  startAtLogin: z.boolean().optional(),
  keepRunning: z.boolean().optional(),
  updates: z.boolean().optional(),
})
export type AppChange = z.infer<typeof AppChange>

export const UpdateStep = z.enum(['check', 'download', 'install', 'later'])
