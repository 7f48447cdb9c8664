import { useState } from 'react'
import type { ApiClient } from '#contract/client.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { draftAnswering, readAnswering } from './answer/answering-draft.ts'
import type { EndpointSection } from './edit-sections.tsx'
import { draftForwarding, readForwarding } from './forward/forwarding-draft.ts'

export type EndpointUpdate = Parameters<ApiClient['endpoints']['update']>[0]

/**
 * How an endpoint answers and forwards, as it is being written. Drafts that nobody touched are not
 * sent: somebody else may have changed what they were made of.
 */
export function useActing(endpoint: Endpoint) {
  const [start] = useState(() => ({
    answering: draftAnswering(endpoint.answering),
    forwarding: draftForwarding(endpoint.forwarding),
  }))
  const [answering, setAnswering] = useState(start.answering)
  const [forwarding, setForwarding] = useState(start.forwarding)
  const [insist, setInsist] = useState(false)
  const answer = answering === start.answering ? endpoint.answering : readAnswering(answering)
  const forward = forwarding === start.forwarding ? endpoint.forwarding : readForwarding(forwarding)
  const wrong = new Set<EndpointSection>()
  if (insist && answer === 'wrong') wrong.add('answer')
  if (insist && forward === 'wrong') wrong.add('forward')
  const marked = new Set<EndpointSection>()
  if (answering.mode !== 'default') marked.add('answer')
  if (forwarding.targets.length > 0) marked.add('forward')
  /** What is sent, or the section that something stands in the way in. */
  const read = (): Pick<EndpointUpdate, 'answering' | 'forwarding'> | EndpointSection => {
    setInsist(true)
    if (answer === 'wrong') return 'answer'
    if (forward === 'wrong') return 'forward'
    return {
      ...(answering === start.answering ? {} : { answering: answer }),
      ...(forwarding === start.forwarding ? {} : { forwarding: forward }),
    }
  }
  return { answering, setAnswering, forwarding, setForwarding, insist, wrong, marked, read }
}
