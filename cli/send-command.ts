import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { sendComposed } from './commands/send.ts'
import type { Context } from './context.ts'
import * as value from './option-values.ts'

/** `now`, or so many seconds before or after it. */
export function signedMomentValue(text: string): 'now' | number {
  if (text === 'now') return text
  if (/^[+-]\d{1,10}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is now, or seconds from now such as -600 or +60.')
}

function timesValue(text: string): number {
  const times = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (times >= 1 && times <= 1000) return times
  throw new InvalidArgumentError('It is a whole number from 1 to 1000.')
}

function seedValue(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A seed is a whole number.')
}

/** `command` has the options for secrets, settings and the data directory already. */
export function addSendCommand(command: Command, context: Context): void {
  command
    .description('send a webhook without having received one, signed as its provider signs')
    .option('--scheme <id>', 'how the provider signs, such as stripe; none: plain, unsigned')
    .option('--to <url>', 'where to send it', value.httpUrlValue)
    .option('--event <name>', 'a sample event of the provider; --list-events names them')
    .option('--body-file <file>', 'the body, byte for byte; - is standard input')
    .option('--from <file>', 'a curl command, a raw HTTP message or a HAR; - is standard input')
    .option('--endpoint <name>', 'sign with the scheme, secret and settings of this endpoint')
    .option('--header <header>', '“Name: value” over what it has; repeat', value.headerValue, [])
    .option('--method <method>', 'another than the event has')
    .option('--timestamp <when>', 'now, or seconds from now: -600', signedMomentValue, 'now')
    .option('--message-id <id>', 'instead of a new one, where a header has it')
    .option('--times <n>', 'one after another, with {{counter}} rising', timesValue, 1)
    .option('--seed <n>', 'the same made-up values each time', seedValue)
    .option('--list-events', 'name the sample events and send nothing')
    .option('--allow-remote', 'send to another computer than this one')
    .option('--insecure', 'accept any TLS certificate')
    .option('--json', 'one JSON object per request')
    .action(({ secretEnv, ...options }) =>
      sendComposed(context, { ...options, secretSources: secretEnv }),
    )
}
