import { type Command, InvalidArgumentError } from 'commander'
import type { Pace } from '#contract/replay.ts'
import { replay } from './commands/replay.ts'
import type { Context } from './context.ts'
import * as value from './option-values.ts'
import { queryValue } from './query-option.ts'

const EXIT_CODES = `
Exit code: of one delivery, 0 when an answer came, whatever it says. Of several, 0 when all were
answered below 400; 1 when one failed, or the run was stopped or interrupted. 2 for wrong use.
Ctrl-C ends a run of several at once, aborts what is under way, and prints the summary.

A replay goes out as it came: its signature as it was, too. --resign signs it anew, over what is
edited. Host names the new target and Content-Length the body, unless --exact.`

/** `now`, `original`, or so many seconds before or after now. */
function momentValue(text: string): 'now' | 'original' | number {
  if (text === 'now' || text === 'original') return text
  if (/^[+-]\d{1,10}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is now, original, or seconds from now: -600 or +60.')
}

export function idsValue(text: string, earlier: readonly number[] = []): readonly number[] {
  return [...earlier, value.idValue(text)]
}

function concurrencyValue(text: string): number {
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= 64) return count
  throw new InvalidArgumentError('It is a whole number from 1 to 64.')
}

function rateValue(text: string): Pace {
  const perSecond = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (perSecond > 0 && perSecond <= 10_000) return { kind: 'rate', perSecond }
  throw new InvalidArgumentError('A rate is a number of requests a second, at most 10000.')
}

function gapsValue(text: string): Pace {
  const speed = /^\d+(\.\d+)?x?$/i.test(text) ? Number.parseFloat(text) : 0
  if (speed > 0 && speed <= 10_000) return { kind: 'gaps', speed }
  throw new InvalidArgumentError('A speed is a factor, such as 10 for ten times as fast.')
}

function timeoutValue(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (seconds >= 0.1 && seconds <= 300) return Math.round(seconds * 1000)
  throw new InvalidArgumentError('A timeout is 0.1 to 300 seconds.')
}

/** `Name: value` sets it, `Name:` removes it. */
function setHeaderValue(
  text: string,
  earlier: readonly [string, string | null][] = [],
): readonly [string, string | null][] {
  const [, name, set] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*)$/s.exec(text) ?? []
  if (name === undefined || set === undefined) {
    throw new InvalidArgumentError('A header is “Name: value”, or “Name:” to remove it.')
  }
  return [...earlier, [name, set === '' ? null : set]]
}

/** `command` has the option for the data directory already. */
export function addReplayCommand(command: Command, context: Context): void {
  command
    .description('send deliveries again, as they were or signed anew, and show the answers')
    .argument('[id...]', 'as “countersign list” shows them', idsValue)
    .option('--query <filter>', 'all that this filter finds, oldest first', queryValue)
    .requiredOption('--to <url>', 'where to send them', value.httpUrlValue)
    .option('--resign', "sign anew with the endpoint's secret")
    .option('--timestamp <when>', 'signed: now, original, or seconds from now: -600', momentValue)
    .option('--message-id <which>', 'signed: same or new', value.messageIdValue, 'same')
    .option('--secret-env <variable>', 'sign with the secret in this variable instead')
    .option('--method <method>', 'another method')
    .option('--body-file <file>', 'another body, byte for byte; - is standard input')
    .option('--set-header <header>', '“Name: value” sets, “Name:” removes; repeat', setHeaderValue)
    .option('--exact', 'leave Host and Content-Length as they stand, even where they lie')
    .option('--concurrency <n>', 'so many at once, begun in order', concurrencyValue, 1)
    .option('--rate <n>', 'so many a second', rateValue)
    .option('--gaps [speed]', 'with the gaps they came in, so many times as fast', gapsValue)
    .option('--stop-on-failure', 'end at the first without an answer below 400')
    .option('--timeout <seconds>', 'wait so long for each answer (default: 30)', timeoutValue)
    .option('--insecure', 'accept any TLS certificate')
    .option('--allow-remote', 'send to another computer than this one')
    .option('--json', 'as JSON; of several, one object per line and a summary last')
    .addHelpText('after', EXIT_CODES)
    .action((ids: readonly number[], options) => replay(context, ids, options))
}
