import type { Command } from 'commander'
import { Option } from 'commander'
import type { ApiClient } from '#contract/client.ts'
import { Forwarding } from '#contract/forwarding.ts'
import type { RunForwarding } from '#engine/forwarding/config.ts'
import { remoteHost } from '#engine/replay/loopback.ts'
import { allowingRemote } from './allow-remote.ts'
import { escapeTerminal } from './escape.ts'
import { usageFailure } from './failure.ts'
import { httpUrlValue } from './option-values.ts'

/** What `listen` takes about sending deliveries on, for its own run. */
export interface RunForwardingOptions {
  forwardTo?: readonly string[]
  endpoint?: string
  forwardAfterAnswer?: boolean
  forwardRetry?: 'none' | 'provider'
  allowRemote?: boolean
}

export function withRunForwarding(command: Command): Command {
  return command
    .option('--forward-to <url>', 'send deliveries on and answer what it says; repeat', repeated)
    .option('--endpoint <name>', 'send on only those of this endpoint')
    .option('--forward-after-answer', 'answer at once, send on behind')
    .addOption(
      new Option('--forward-retry <how>', 'what failed is sent again').choices([
        'none',
        'provider',
      ]),
    )
    .option('--allow-remote', 'send on to another computer than this one')
}

function repeated(url: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, httpUrlValue(url)]
}

/**
 * What this run sends on; `null`: only what the endpoints say.
 * @throws CommandFailure 2 for options that say how without saying where
 */
export function readRunForwarding(options: RunForwardingOptions): RunForwarding | null {
  const { forwardTo, endpoint, forwardAfterAnswer, forwardRetry } = options
  if (forwardTo === undefined) {
    const named = [
      endpoint !== undefined && '--endpoint',
      forwardAfterAnswer && '--forward-after-answer',
      forwardRetry !== undefined && '--forward-retry',
      options.allowRemote && '--allow-remote',
    ].find(Boolean)
    if (named) throw usageFailure(`${named} says how to send on: say where to with --forward-to.`)
    return null
  }
  const forwarding = Forwarding.safeParse({
    targets: [...new Set(forwardTo)].map((url) => ({ url })),
    when: forwardAfterAnswer ? 'after-answer' : 'before-answer',
    retry: { kind: forwardRetry ?? 'none' },
  })
  if (!forwarding.success) {
    throw usageFailure(`--forward-to: ${forwarding.error.issues[0]?.message ?? 'unusable'}`)
  }
  return { endpoint: endpoint ?? null, forwarding: forwarding.data }
}

/**
 * Sends on while `use` runs: fails when the endpoint is not there or a host is not allowed; with
 * `--allow-remote` hosts are allowed for so long.
 */
export async function whileForwarding<T>(
  client: ApiClient,
  run: RunForwarding | null,
  allowRemote: boolean | undefined,
  use: () => Promise<T>,
): Promise<T> {
  if (run === null) return use()
  const { endpoint, forwarding } = run
  const names = (await client.endpoints.list()).map(({ name }) => name)
  if (endpoint !== null && !names.includes(endpoint)) {
    throw usageFailure(
      `There is no endpoint “${escapeTerminal(endpoint)}”. “countersign endpoints list” shows them.`,
    )
  }
  const allowed = new Set(await client.hosts.list())
  const remote = forwarding.targets.filter(({ url }) => {
    const host = remoteHost(url)
    return host !== null && !allowed.has(host)
  })
  const [first] = remote
  if (first && !allowRemote) {
    const host = escapeTerminal(remoteHost(first.url) ?? '')
    throw usageFailure(`${host} is not this computer. --allow-remote lets this run send there.`)
  }
  const within = remote.reduce(
    (inner, { url }) =>
      () =>
        allowingRemote(client, url, true, inner),
    use,
  )
  return within()
}
