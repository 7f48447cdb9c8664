import type { Argument, Option } from 'commander'
import { CheckGroup } from '#contract/check.ts'
import { ExportFormat } from '#contract/transfer.ts'
import { TunnelId } from '#contract/tunnel.ts'
import { verdicts } from '#contract/verdict.ts'
import { verifierTargets } from '#engine/interchange/verifier-code/verifier-code.ts'

/** What may stand as a value, as far as a shell can offer it. */
export type Values =
  | { kind: 'choices'; choices: readonly string[] }
  /** The id of a scheme of the catalogue. */
  | { kind: 'scheme' }
  /** The name of an endpoint: known to an engine that runs. */
  | { kind: 'endpoint' }
  | { kind: 'file' }
  | { kind: 'folder' }
  /** Anything. */
  | { kind: 'text' }

const choices = (list: readonly string[]): Values => ({ kind: 'choices', choices: list })

/** Those whose values Commander does not know, by command and option or by option alone. */
const known: Readonly<Record<string, Values>> = {
  '--scheme': { kind: 'scheme' },
  '--endpoint': { kind: 'endpoint' },
  '--verdict': choices(verdicts),
  '--format': choices(ExportFormat.options),
  '--data-dir': { kind: 'folder' },
  '--output': { kind: 'file' },
  '--client-ca': { kind: 'file' },
  'code --target': choices(verifierTargets.map(({ id }) => id)),
  'replay --message-id': choices(['same', 'new']),
  'replay --timestamp': choices(['now', 'original']),
  'check --only': choices(CheckGroup.options),
  'ca trust --for': choices(['linux', 'macos', 'windows', 'firefox', 'node', 'curl']),
  '--tunnel': choices(TunnelId.options),
  'tunnel start <program>': choices(TunnelId.options),
  'schemes show <id>': { kind: 'scheme' },
  'endpoints update <name>': { kind: 'endpoint' },
  'endpoints show <name>': { kind: 'endpoint' },
  'endpoints remove <name>': { kind: 'endpoint' },
}

/** @param where the command, such as `endpoints add` */
export function optionValues(option: Option, where: string): Values {
  const { long = '', argChoices, flags } = option
  if (argChoices) return choices(argChoices)
  return known[`${where} ${long}`] ?? known[long] ?? byName(/[<[]([^>\].]+)/.exec(flags)?.[1])
}

export function argumentValues(argument: Argument, where: string): Values {
  if (argument.argChoices) return choices(argument.argChoices)
  return known[`${where} <${argument.name()}>`] ?? byName(argument.name())
}

function byName(name = ''): Values {
  if (['file', 'files'].includes(name)) return { kind: 'file' }
  return { kind: name === 'dir' ? 'folder' : 'text' }
}
