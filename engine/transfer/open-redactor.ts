import type { Delivery } from '#contract/delivery.ts'
import type { Redaction, Transfer } from '#contract/transfer.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import type { Warnings } from '#engine/interchange/export/warnings.ts'
import type { RedactedEndpoint } from '#engine/interchange/redact/redacted.ts'
import { withoutCredentials } from '#engine/interchange/redact/mask-credentials.ts'
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

/** The scheme that a delivery is judged with here, else the one it was. */
function schemeIn(profiles: readonly JudgingProfile[]) {
  const known = new Map(profiles.map((profile) => [profile.endpointId, profile]))
  return ({ endpointId, verification }: Delivery) => {
    const profile = known.get(endpointId) ?? known.get(null)
    const schemeId = profile?.schemeId ?? verification.schemeId
    const scheme = schemeId === null ? null : findScheme(schemeId, profile?.ownSchemes ?? [])
    return { scheme, settings: profile?.settings ?? {} }
  }
}

/** Takes the credentials out that came with deliveries, and leaves everything else as it is. */
export function openCredentialMasker(profiles: readonly JudgingProfile[]): ExportRedactor {
  const schemeOf = schemeIn(profiles)
  return {
    redact(exported, warnings) {
      const { exported: masked, masked: any } = withoutCredentials(
        exported,
        schemeOf(exported.delivery).scheme,
      )
      if (any) warnings.addAll([CREDENTIALS_MASKED])
      return masked
    },
    closing: () => undefined,
    secrets: () => [],
  }
}

const CREDENTIALS_MASKED = 'Credentials that came with a request are masked; ask to keep them.'

/** @throws RangeError about a path that cannot be read */
export function openRedactor(
  redaction: Redaction,
  profiles: readonly JudgingProfile[],
): ExportRedactor {
  const redactor = Redactor.make(redaction)
  if ('problem' in redactor) throw new RangeError(redactor.problem)
  const schemeOf = schemeIn(profiles)
  const endpointOf = (delivery: Delivery): RedactedEndpoint => ({
    name: delivery.endpointName ?? 'Catch-all',
    ...schemeOf(delivery),
  })
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
