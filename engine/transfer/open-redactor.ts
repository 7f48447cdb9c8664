import type { Delivery } from '#contract/delivery.ts'
import type { Redaction, Transfer } from '#contract/transfer.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import type { Warnings } from '#engine/interchange/export/warnings.ts'
import type { RedactedEndpoint } from '#engine/interchange/redact/redacted.ts'
import { Redactor } from '#engine/interchange/redact/redactor.ts'
import type { JudgingProfile } from '#engine/judging/profile.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'

/** Takes out before a writer gets it what is to be hidden. */
export interface ExportRedactor {
  redact(exported: ExportedDelivery, warnings: Warnings): ExportedDelivery
  /** What there is to say once all are through. */
  closing(warnings: Warnings): void
  secrets(): Transfer['throwawaySecrets']
}

/** @throws RangeError about a path that cannot be read */
export function openRedactor(
  redaction: Redaction,
  profiles: readonly JudgingProfile[],
): ExportRedactor {
  const redactor = Redactor.make(redaction)
  if ('problem' in redactor) throw new RangeError(redactor.problem)
  const known = new Map(profiles.map((profile) => [profile.endpointId, profile]))
  const endpointOf = (delivery: Delivery): RedactedEndpoint => {
    const profile = known.get(delivery.endpointId) ?? known.get(null)
    const schemeId = profile?.schemeId ?? delivery.verification.schemeId
    return {
      name: delivery.endpointName ?? 'Catch-all',
      scheme: schemeId === null ? null : findScheme(schemeId, profile?.ownSchemes ?? []),
      settings: profile?.settings ?? {},
    }
  }
  return {
    redact(exported, warnings) {
      const redacted = redactor.redact(exported, endpointOf(exported.delivery))
      warnings.addAll(redacted.notices)
      return redacted.exported
    },
    closing: (warnings) => warnings.addAll(redactor.closing()),
    secrets: () => redactor.secrets(),
  }
}
