import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure } from '#cli/failure.ts'
import { withSession } from '#cli/session.ts'
import type { Authority, TrustStep } from '#contract/listener-tls.ts'

interface CaOptions extends CommonOptions {
  json?: boolean
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** `countersign ca make [--allow NAME…] [--replace]`: makes the local authority; installs nothing. */
export async function makeCa(
  context: Context,
  options: CaOptions & { allow: readonly string[]; replace?: boolean },
): Promise<void> {
  const { allow, replace = false } = options
  const { authority } = await withSession(options.dataDir, (client) =>
    client.listener.makeAuthority({ allowed: [...allow], replace }),
  )
  if (!authority) throw runtimeFailure('The authority that was made is not there.')
  if (options.json) return context.output.json(authority)
  print(context, authority)
  context.output.note('Nothing was installed. “countersign ca trust” says how senders trust it.')
}

/** `countersign ca show [--pem]`: what the local authority is and what it may sign for. */
export async function showCa(
  context: Context,
  options: CaOptions & { pem?: boolean },
): Promise<void> {
  const { authority } = await known(options)
  if (options.json) context.output.json(authority)
  else if (options.pem) context.output.line(authority.certificate.trim())
  else print(context, authority)
}

/** `countersign ca trust [--for ID]`: how to make senders trust it, and how to undo that. */
export async function printTrust(
  context: Context,
  options: CaOptions & { for?: string },
): Promise<void> {
  const { trust } = await known(options)
  const wanted = trust.filter(({ id }) => options.for === undefined || id === options.for)
  if (wanted.length === 0) {
    const ids = trust.map(({ id }) => id).join(', ')
    throw runtimeFailure(`There are steps for ${ids}.`)
  }
  if (options.json) return context.output.json(wanted)
  for (const step of wanted) printStep(context, step)
}

async function known(options: CaOptions): Promise<{ authority: Authority; trust: TrustStep[] }> {
  const { authority, trust } = await withSession(options.dataDir, (client) =>
    client.listener.authority(),
  )
  if (authority) return { authority, trust }
  throw runtimeFailure('There is no local authority yet. Make one with “countersign ca make”.')
}

function print({ output }: Context, authority: Authority): void {
  output.line(`Authority    ${escapeTerminal(authority.name)}`)
  output.line(`Certificate  ${escapeTerminal(authority.certificateFile)}`)
  output.line(`SHA-256      ${authority.fingerprint256}`)
  output.line(`Counts       ${day(authority.notBeforeMs)} to ${day(authority.notAfterMs)}`)
  output.line(`Signs for    ${authority.permitted.map(escapeTerminal).join(', ')}`)
  output.line(
    `Key          ${authority.keyIsSealed ? 'sealed, like signing secrets' : 'in a file that only you can read; it is sealed once secrets are unlocked'}`,
  )
}

function printStep({ output }: Context, { name, id, sentence, commands, undo }: TrustStep): void {
  output.line(`${name} (${id})`)
  output.line(`  ${sentence}`)
  for (const command of commands) output.line(`    ${escapeTerminal(command)}`)
  if (undo.length > 0) output.line('  To undo it:')
  for (const command of undo) output.line(`    ${escapeTerminal(command)}`)
  output.line('')
}
