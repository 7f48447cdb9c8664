import type { SecretInfo, SecretUsage } from '#contract/endpoint.ts'
import { actingLines } from '#cli/acting-lines.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { withSession } from '#cli/session.ts'
import { endpointJson, endpointLine, findEndpoint } from './endpoints.ts'

/** `countersign endpoints show NAME [--json]`: its secrets, and whether an old one can go. */
export async function showEndpoint(
  context: Context,
  nameOrId: string,
  options: CommonOptions & { json?: boolean },
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const endpoint = await findEndpoint(client, nameOrId)
    const usages = await client.endpoints.secretUsage({ id: endpoint.id })
    const usageOf = ({ id }: SecretInfo) => usages.find(({ secretId }) => secretId === id)
    if (options.json) {
      const secrets = endpoint.secrets.map((secret) => {
        const usage = usageOf(secret)
        return {
          ...secret,
          verifiedCount: usage?.verifiedCount ?? 0,
          lastVerifiedAtMs: usage?.lastVerifiedAtMs ?? null,
        }
      })
      return context.output.json({ ...endpointJson(endpoint), secrets })
    }
    context.output.line(endpointLine(endpoint))
    for (const line of actingLines(endpoint)) context.output.line(line)
    for (const secret of endpoint.secrets) {
      for (const line of secretLines(secret, usageOf(secret))) context.output.line(line)
    }
  })
}

function secretLines(secret: SecretInfo, usage: SecretUsage | undefined): string[] {
  const { name, state, problem, sameAs } = secret
  const names = sameAs.map((other) => `“${escapeTerminal(other)}”`).join(', ')
  return [
    `  ${escapeTerminal(name).padEnd(20)}  ${state === 'usable' ? '' : `${state}, `}${used(usage)}`,
    ...(problem === null ? [] : [`    ${escapeTerminal(problem)}`]),
    ...(names === '' ? [] : [`    The same secret is at ${names}: each should have its own.`]),
  ]
}

function used(usage: SecretUsage | undefined): string {
  const { verifiedCount = 0, lastVerifiedAtMs = null } = usage ?? {}
  const last = lastVerifiedAtMs === null ? '' : `, last ${new Date(lastVerifiedAtMs).toISOString()}`
  if (verifiedCount === 0) return `verified none in 7 days${last}`
  return `verified ${verifiedCount} ${verifiedCount === 1 ? 'delivery' : 'deliveries'} in 7 days${last}`
}
