import type { Endpoint, SchemeInfo } from '#contract/endpoint.ts'
import type { Tolerance } from '#contract/verification.ts'
import type { View } from '#renderer/app/location.ts'
import { platform } from '#renderer/platform/platform.ts'
import { formatSeconds } from '#renderer/words/format.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'

/** What the pictures are held against, and a sentence where there is nothing to hold them against. */
export interface Expectations {
  skew: { tolerance: Tolerance | null; toleranceNote: string | null }
  retries: { gapsSeconds: readonly number[] | null; note: React.ReactNode }
  latency: { deadlineSeconds: number | null; note: React.ReactNode }
}

const noExpectations = (sentence: (what: string) => string): Expectations => ({
  skew: { tolerance: null, toleranceNote: sentence('tolerance') },
  retries: { gapsSeconds: null, note: sentence('retry schedule') },
  latency: { deadlineSeconds: null, note: sentence('deadline') },
})

function Source({ url, children }: { url: string; children: React.ReactNode }) {
  return (
    <button
      type="button"
      title={url}
      onClick={() => platform.openLink(url)}
      className="underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {children}
    </button>
  )
}

function retriesNote(scheme: SchemeInfo): React.ReactNode {
  const { name, retries, retrySchedule } = scheme
  if (retrySchedule) {
    return (
      <>
        Dashed: when {name} sends again, <Source url={retrySchedule.url}>as it documents</Source>.
        Replays of ours are left out.
      </>
    )
  }
  if (retries !== null) return `${name} documents no exact pauses. Sent again: ${retries}`
  return `No retry schedule of ${name} is known here.`
}

function expectationsOf(endpoint: Endpoint, scheme: SchemeInfo): Expectations {
  const tolerance = endpoint.tolerance ?? scheme.tolerance
  const deadlineSeconds = scheme.answerWithinSeconds
  return {
    skew: {
      tolerance,
      toleranceNote: scheme.hasTimestamp ? null : `${scheme.name} signs no timestamp.`,
    },
    retries: {
      gapsSeconds: scheme.retrySchedule?.gapsSeconds ?? null,
      note: retriesNote(scheme),
    },
    latency: {
      deadlineSeconds,
      note:
        deadlineSeconds === null ? (
          `No deadline of ${scheme.name} is known here.`
        ) : (
          <>
            From receipt to answer. {scheme.name} waits {formatSeconds(deadlineSeconds)} (
            <Source url={scheme.documentationUrl}>its documentation</Source>).
          </>
        ),
    },
  }
}

/** Tolerance, retry schedule and deadline of an endpoint's scheme. */
export function useExpectations(
  endpoint: Extract<View, { kind: 'overview' }>['endpoint'],
): Expectations {
  const endpoints = useEndpoints()
  const schemes = useSchemes()
  if (endpoint === undefined) {
    return noExpectations((what) => `Choose an endpoint to see its ${what}.`)
  }
  if (endpoint === 'catch-all') {
    return noExpectations((what) => `Deliveries of the catch-all have no ${what} in common.`)
  }
  const found = endpoints.find(({ id }) => id === endpoint)
  const scheme = schemes.find(({ id }) => id === found?.schemeId)
  if (!found || !scheme) return noExpectations((what) => `Without a scheme there is no ${what}.`)
  return expectationsOf(found, scheme)
}
