import { ExternalLink } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { platform } from '#renderer/platform/platform.ts'

/** What a scheme signs with and where its provider says so. */
export function SchemeHint({ scheme }: { scheme: SchemeInfo | undefined }) {
  if (!scheme) return <>Deliveries are recorded; nothing is checked.</>
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span>
        {scheme.algorithm} in <code className="quoted text-ink-2">{scheme.signaturePlace}</code>
      </span>
      <Button
        onPress={() => platform.openLink(scheme.documentationUrl)}
        className="inline-flex items-center gap-1 rounded-sm text-accent hover:underline"
      >
        Documentation <ExternalLink size={11} aria-hidden />
      </Button>
    </span>
  )
}
