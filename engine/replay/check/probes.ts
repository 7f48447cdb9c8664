import type { CheckResult } from '#contract/check.ts'
import { type Opinion, opinionOf } from './oracle.ts'
import { type CaseOutcome, exchangesOf, skippedOutcome } from './outcome.ts'
import type { Probe, ProbeCase } from './battery/probe-case.ts'
import { sdkChoice } from './sdk-choices.ts'
import { isAccepted, type Sent, type Stage } from './stage.ts'
import type { World } from './world.ts'

const expectations = {
  accepted: 'It answers 2xx.',
  refused: 'It answers 4xx and does nothing.',
}

/** Sends the requests of a case and tells what its expectation came to. */
export async function runProbes(stage: Stage, probeCase: ProbeCase): Promise<CaseOutcome> {
  const expected = expectations[probeCase.expects]
  const chosen = probesToSend(stage.world, probeCase)
  if ('skipped' in chosen) return skippedOutcome(expected, chosen.skipped)
  const ends: End[] = []
  for (const judged of chosen) {
    const sent = await stage.send(judged.label, judged.request)
    const end = endOf(stage.world.scheme.id, probeCase, judged, sent)
    ends.push(end)
    // What hangs once would hang again, and what was signed for now goes stale meanwhile.
    if (sent.code === 'TIMEOUT' || stage.signal.aborted) break
  }
  const worst = ends.reduce((one, other) => (rank[other.outcome] > rank[one.outcome] ? other : one))
  const sent = ends.map((end) => end.sent)
  return {
    outcome: worst.outcome,
    expected,
    found: worst.outcome === 'passed' ? allAnswered(sent) : worst.found,
    exchanges: exchangesOf(sent),
  }
}

function allAnswered(sent: readonly Sent[]): string {
  return `Answered ${[...new Set(sent.map(({ status }) => status))].join(' and ')}.`
}

type JudgedProbe = Probe & { opinion: Opinion }

/** Only those of which a correct receiver thinks what the case expects: no false alarms. */
export function probesToSend(
  world: World,
  probeCase: ProbeCase,
): readonly JudgedProbe[] | { skipped: string } {
  const built = probeCase.build(world)
  if ('skipped' in built) return built
  const judged = built.map((probe) => ({ ...probe, opinion: opinionOf(world, probe.request) }))
  if (probeCase.expects === 'accepted') {
    const right = judged.filter(({ opinion }) => opinion.accepts && !opinion.reserialised)
    if (right.length > 0) return right
    return { skipped: notSentBy(world, judged[0]?.opinion) }
  }
  const wrong = judged.filter(({ opinion: { accepts, verdict } }) => {
    return !accepts && verdict !== 'challenge'
  })
  if (wrong.length > 0) return wrong
  const allowed = `The documented rule of ${world.scheme.name} does not refuse this.`
  return { skipped: probeCase.allowed?.(world) ?? allowed }
}

function notSentBy({ scheme }: World, opinion: Opinion | undefined): string {
  if (opinion?.reserialised) {
    return `${scheme.name} signs the body as JSON.stringify writes it, so none is written otherwise.`
  }
  return `${scheme.name} does not send such a request: ${opinion?.sentence ?? ''}`
}

interface End {
  outcome: CheckResult['outcome']
  found: string
  sent: Sent
}
const rank = { passed: 0, skipped: 0, unsure: 1, 'sdk-choice': 2, failed: 3 }

function endOf(
  schemeId: string,
  { id, expects }: ProbeCase,
  { label, opinion }: JudgedProbe,
  sent: Sent,
): End {
  const isWanted = isAccepted(sent) === (expects === 'accepted')
  if (sent.status === null) {
    const error = `${label}: ${sent.error ?? 'No answer came.'}`
    if (expects === 'accepted') return { outcome: 'failed', found: error, sent }
    const open = 'Whether it acted on it cannot be seen.'
    return { outcome: 'unsure', found: `${error} ${open}`, sent }
  }
  const answered = `${label}: answered ${sent.status}`
  if (isWanted) return { outcome: 'passed', found: `${answered}.`, sent }
  const choice = opinion.sdkOtherwise ?? sdkChoice(schemeId, id)
  if (choice !== null) return { outcome: 'sdk-choice', found: `${answered}. ${choice}`, sent }
  if (expects === 'accepted') {
    return { outcome: 'failed', found: `${answered}, though it is right.`, sent }
  }
  return { outcome: 'failed', found: `${answered}, as if it were right. ${opinion.sentence}`, sent }
}
