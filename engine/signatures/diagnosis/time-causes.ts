import type { Verification } from '#contract/verification.ts'
import type { Scheme } from '#contract/scheme.ts'
import { duration } from '#engine/signatures/sentences.ts'
import { judgeAge } from '#engine/signatures/timestamp.ts'
import type { Change, DiagnosisContext } from './types.ts'

/** Recent deliveries that say something about a clock, and how far apart their skews may lie. */
const ENOUGH = 3
const SPREAD_SECONDS = 30
/** Below this nobody would call a clock wrong. */
const NOTICEABLE_SECONDS = 30

/** Why a rightly signed delivery is not fresh, the likeliest first. */
export function timeChanges(verification: Verification, context: DiagnosisContext): Change[] {
  const { scheme, atMs } = context
  const { timestamp, skewSeconds } = verification
  const changes: Change[] = []
  const unit = scheme && timestamp ? unitChange(scheme, timestamp.text, verification, atMs) : null
  if (unit) changes.push(unit)
  const clock = skewSeconds === null ? null : clockChange(skewSeconds, context.recentSkews)
  if (clock) changes.push(clock)
  changes.push(ageChange(verification))
  return changes
}

/** The same digits, read in the other unit, are fresh. */
function unitChange(
  scheme: Scheme,
  text: string,
  { tolerance }: Verification,
  atMs: number,
): Change | null {
  const form = scheme.timestamp
  if (!form || !/^\d{1,16}$/.test(text)) return null
  for (const [unit, unixMs, name] of [
    ['ms', Number(text), 'milliseconds'],
    ['s', Number(text) * 1000, 'seconds'],
  ] as const) {
    const limits = tolerance ?? { pastSeconds: 300, futureSeconds: 300 }
    const isNear = Math.abs(unixMs - atMs) < 86_400_000
    const isInside = judgeAge(form, { text, unixMs, unit }, limits, atMs) === 'inside' && isNear
    if (!isInside) continue
    return {
      ...{
        code: 'timestamp-unit',
        what: 'timestamp',
        from: `${text} as ${unitName(form.unit)}`,
        to: `${text} as ${name}`,
      },
      detail: `“${text}” is in ${name}; ${scheme.name} says ${unitName(form.unit)}.`,
      done: `Read as ${name}, the timestamp is fresh, and`,
      weight: 1,
    }
  }
  return null
}

const unitName = (unit: string) => (unit === 'ms' ? 'milliseconds' : 'seconds')

function clockChange(skew: number, recent: readonly number[]): Change | null {
  if (recent.length < ENOUGH || Math.abs(skew) < NOTICEABLE_SECONDS) return null
  const all = [...recent, skew].sort((one, other) => one - other)
  const middle = all[Math.floor(all.length / 2)] ?? 0
  const spread = (all[all.length - 1] ?? 0) - (all[0] ?? 0)
  if (spread > SPREAD_SECONDS || Math.abs(middle) < NOTICEABLE_SECONDS) return null
  const side = middle < 0 ? 'ahead' : 'behind'
  return {
    ...{
      code: 'clock',
      what: 'timestamp',
      from: `this machine’s clock, ${duration(middle)} ${side}`,
      to: 'the sender’s clock',
    },
    detail: `The last ${recent.length} deliveries and this one were all signed about ${duration(middle)} ${middle < 0 ? 'before' : 'after'} they arrived: this machine’s clock is ${duration(middle)} ${side}.`,
    done: `With this machine’s clock put ${middle < 0 ? 'back' : 'forward'} by ${duration(middle)}, the timestamp is fresh, and`,
    weight: 1,
  }
}

function ageChange({ reason, skewSeconds }: Verification): Change {
  const isOld = reason.code === 'too-old'
  const by =
    skewSeconds === null
      ? 'outside the tolerance'
      : `${duration(skewSeconds)} ${isOld ? 'before' : 'after'} it arrived`
  return {
    ...{
      code: isOld ? 'stale' : 'future',
      what: 'timestamp',
      from: by,
      to: 'within the tolerance',
    },
    detail: reason.sentence,
    done: `The timestamp is ${by}, and as it is`,
    weight: 0.5,
  }
}
