import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { Answering, type AnswerFault, LONGEST_DELAY_MS } from '#contract/answering.ts'
import type { ApiClient } from '#contract/client.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { Forwarding, type ForwardRetry } from '#contract/forwarding.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Context } from './context.ts'
import { escapeTerminal } from './escape.ts'
import { messageOf, usageFailure } from './failure.ts'
import { headerValue, httpUrlValue } from './option-values.ts'

/** What `endpoints add` and `update` take about answers and forwarding. */
export interface ActingOptions {
  answer?: 'canned' | 'by-verdict' | 'forward' | 'default'
  answerStatus?: number
  answerHeader?: readonly RawHeader[]
  answerBodyFile?: string
  answerDelay?: number
  answerFault?: AnswerFault
  answerFile?: string
  forwardTo?: readonly string[]
  forwardWhen?: Forwarding['when']
  forwardDeadline?: number
  forwardRetry?: ForwardRetry
  forwardLate?: Forwarding['late']
  forwardKeepHost?: boolean
  forwardAddressHeaders?: Forwarding['targets'][number]['addressHeaders']
  forwardInsecure?: boolean
  allowRemote?: boolean
}

type Acting = Pick<Endpoint, 'answering' | 'forwarding'>

/** Adds the options of ActingOptions to a command. */
export function withActing(command: Command): Command {
  const one = (flags: string, text: string, choices: readonly string[]) =>
    command.addOption(new Option(flags, text).choices(choices))
  one('--answer <how>', 'who answers; --answer-… alone means canned', MODES)
  command
    .option('--answer-status <status>', 'of the answer; of by-verdict when not valid', statusValue)
    .option('--answer-header <header>', '“Name: value”, a template; repeat', repeatedHeader)
    .option('--answer-body-file <file>', 'its body, a template; - is standard input')
    .option('--answer-delay <ms>', 'hold it back so long', delayValue)
  one('--answer-fault <fault>', 'do not answer at all', ['hang', 'reset'])
  command
    .option('--answer-file <file>', 'everything about answers as JSON, sequences as well')
    .option('--forward-to <url>', 'send deliveries on; repeat; none: no more', repeatedTarget)
  one('--forward-when <when>', 'before-answer: its answer counts', [
    'before-answer',
    'after-answer',
  ])
  command
    .option('--forward-deadline <ms>', 'until then it has to answer', deadlineValue)
    .option('--forward-retry <how>', 'none, provider, or seconds such as 5,60,300', retryValue)
  one('--forward-late <how>', 'what waited past its tolerance', ['as-is', 're-sign'])
  command.option('--forward-keep-host', 'leave the Host header as it came')
  const added = ['none', 'forwarded', 'x-forwarded', 'both']
  one('--forward-address-headers <which>', 'say where a delivery came from', added)
  return command
    .option('--forward-insecure', 'take any certificate of the targets')
    .option('--allow-remote', 'forward to another computer, from now on')
}

const MODES = ['canned', 'by-verdict', 'forward', 'default'] as const

/**
 * What the options make of an endpoint's answers and forwarding; absent: it stays as it is.
 * @throws CommandFailure 2 for what cannot be read or does not go together
 */
export async function readActing(
  { stdin }: Pick<Context, 'stdin'>,
  options: ActingOptions,
  old: Acting = { answering: null, forwarding: null },
): Promise<Partial<Acting>> {
  const read = async (file: string) => {
    try {
      return file === '-' ? await readAll(stdin) : await readFile(file, 'utf8')
    } catch (error) {
      throw usageFailure(`${escapeTerminal(file)} cannot be read: ${messageOf(error)}.`)
    }
  }
  const answering = await readAnswering(options, old.answering, read)
  const forwarding = readForwarding(options, old.forwarding)
  return {
    ...(answering === undefined ? {} : { answering }),
    ...(forwarding === undefined ? {} : { forwarding }),
  }
}

/** With --allow-remote the hosts of the targets may be sent to from now on, and that is said. */
export async function allowTargets(
  client: ApiClient,
  { output }: Pick<Context, 'output'>,
  { allowRemote, forwardTo = [] }: ActingOptions,
): Promise<void> {
  if (!allowRemote) return
  const before = new Set(await client.hosts.list())
  for (const url of forwardTo) {
    if (url === NONE) continue
    await client.hosts.allow({ host: new URL(url).hostname.replace(/^\[|\]$/g, '') })
  }
  for (const host of await client.hosts.list()) {
    if (!before.has(host)) output.note(`Sending to ${escapeTerminal(host)} is allowed from now on.`)
  }
}

async function readAnswering(
  options: ActingOptions,
  old: Answering | null,
  read: (file: string) => Promise<string>,
): Promise<Answering | null | undefined> {
  const { answer, answerFile, answerStatus, answerHeader, answerBodyFile } = options
  const { answerDelay, answerFault } = options
  if (answerFile !== undefined) return fromJson(await read(answerFile))
  const parts = {
    ...(answerStatus === undefined ? {} : { status: answerStatus }),
    ...(answerHeader === undefined ? {} : { rawHeaders: [...answerHeader] }),
    ...(answerBodyFile === undefined ? {} : { body: await read(answerBodyFile) }),
    ...(answerDelay === undefined ? {} : { delayMs: answerDelay }),
    ...(answerFault === undefined ? {} : { fault: answerFault }),
  }
  const named = Object.keys(parts).length > 0
  if (answer === 'default' || answer === 'forward') {
    if (named) throw usageFailure(`--answer ${answer} has no answer of its own to describe.`)
    if (answer === 'default') return null
    return Answering.parse({ mode: 'forward', answers: [{ status: 200 }] })
  }
  if (answer === undefined && !named) return undefined
  const mode = answer ?? (old?.mode === 'by-verdict' ? 'by-verdict' : 'canned')
  const same = old?.mode === mode ? old : null
  if (mode === 'by-verdict') {
    const otherwise = { ...(same?.otherwise ?? { status: 401 }), ...parts }
    return Answering.parse({ answers: [{ status: 200 }], ...same, mode, otherwise })
  }
  const [first = { status: 200 }, ...rest] = same?.answers ?? []
  return Answering.parse({ ...same, mode, answers: [{ ...first, ...parts }, ...rest] })
}

function fromJson(json: string): Answering {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw usageFailure(`--answer-file is not JSON: ${messageOf(error)}.`)
  }
  const parsed = Answering.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.') || 'the whole'
  throw usageFailure(`--answer-file, ${escapeTerminal(place)}: ${issue?.message ?? 'unusable'}`)
}

const NONE = 'none'

function readForwarding(
  options: ActingOptions,
  old: Forwarding | null,
): Forwarding | null | undefined {
  const { forwardTo, forwardWhen, forwardDeadline, forwardRetry, forwardLate } = options
  const { forwardKeepHost, forwardAddressHeaders, forwardInsecure } = options
  if (forwardTo?.includes(NONE)) return null
  const each = {
    ...(forwardKeepHost === undefined ? {} : { keepHost: forwardKeepHost }),
    ...(forwardAddressHeaders === undefined ? {} : { addressHeaders: forwardAddressHeaders }),
    ...(forwardInsecure ? { verifyTls: false } : {}),
  }
  const how = {
    ...(forwardWhen === undefined ? {} : { when: forwardWhen }),
    ...(forwardDeadline === undefined ? {} : { deadlineMs: forwardDeadline }),
    ...(forwardRetry === undefined ? {} : { retry: forwardRetry }),
    ...(forwardLate === undefined ? {} : { late: forwardLate }),
  }
  if (forwardTo === undefined && Object.keys({ ...each, ...how }).length === 0) return undefined
  const known = (url: string) => old?.targets.find((target) => target.url === url)
  const targets = (forwardTo ?? old?.targets.map(({ url }) => url) ?? []).map((url) => ({
    ...known(url),
    url,
    ...each,
  }))
  if (targets.length === 0) throw usageFailure('Say where to with --forward-to URL.')
  return Forwarding.parse({ ...old, ...how, targets })
}

function repeatedHeader(text: string, earlier: readonly RawHeader[] = []): readonly RawHeader[] {
  return headerValue(text, earlier)
}

function repeatedTarget(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text === NONE ? NONE : httpUrlValue(text)]
}

function whole(text: string, least: number, most: number, sentence: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new InvalidArgumentError(sentence)
}

const statusValue = (text: string) => whole(text, 200, 599, 'A status is 200 to 599.')
const delayValue = (text: string) =>
  whole(text, 0, LONGEST_DELAY_MS, `A delay is at most ${LONGEST_DELAY_MS} ms.`)
const deadlineValue = (text: string) => whole(text, 100, 300_000, 'It is 100 to 300000 ms.')

function retryValue(text: string): ForwardRetry {
  if (text === 'none' || text === 'provider') return { kind: text }
  const gapsSeconds = text.split(',').map((gap) => (/^\d+(\.\d+)?$/.test(gap) ? Number(gap) : -1))
  if (gapsSeconds.every((gap) => gap >= 0 && gap <= 604_800) && gapsSeconds.length <= 30) {
    return { kind: 'schedule', gapsSeconds }
  }
  throw new InvalidArgumentError('It is none, provider, or up to 30 pauses such as 5,60,300.')
}
