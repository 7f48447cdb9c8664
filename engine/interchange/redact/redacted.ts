import type { Scheme } from '#contract/scheme.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import type { Settings } from '#engine/signatures/types.ts'

/** How the deliveries of one endpoint are signed; `null` where nothing says so. */
export interface RedactedEndpoint {
  /** For the list of throwaway secrets; the catch-all has a name too. */
  name: string
  scheme: Scheme | null
  settings: Settings
}

/** A delivery without what was to be hidden. */
export interface Redacted {
  exported: ExportedDelivery
  /** What was masked, what could not be signed again and why, a sentence each. */
  notices: string[]
}

/** What a redacted export is signed with; it may be shared. */
export interface ThrowawaySecret {
  endpoint: string
  schemeId: string
  text: string
}
