import type { Readable } from 'node:stream'
import { usageFailure } from './failure.ts'

/** Where the text of a secret comes from; never the command line, which other users can read. */
export type SecretSource = { kind: 'env'; variable: string } | { kind: 'stdin' }

/**
 * Reads secrets in the order in which they were named. Standard input is one secret; a final line
 * break is not part of it.
 */
export async function readSecrets(
  sources: readonly SecretSource[],
  env: Readonly<Record<string, string | undefined>>,
  stdin: Readable,
): Promise<Array<{ name: string; text: string }>> {
  if (sources.filter(({ kind }) => kind === 'stdin').length > 1) {
    throw usageFailure('Standard input holds one secret: give --secret-stdin once.')
  }
  const secrets: Array<{ name: string; text: string }> = []
  for (const source of sources) {
    secrets.push(source.kind === 'env' ? fromEnv(source.variable, env) : await fromStdin(stdin))
  }
  return secrets
}

function fromEnv(
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): { name: string; text: string } {
  if (!/^[A-Za-z_]\w*$/.test(variable)) {
    // Not repeated in the message: it may well be the secret itself.
    throw usageFailure(
      '--secret-env takes the name of an environment variable. Put the secret into one and give its name, such as --secret-env WEBHOOK_SECRET.',
    )
  }
  const text = env[variable]
  if (text === undefined || text === '') {
    const state = text === undefined ? 'not set' : 'empty'
    throw usageFailure(
      `The environment variable ${variable} is ${state}. Set it to the secret and try again.`,
    )
  }
  return { name: variable, text }
}

async function fromStdin(stdin: Readable): Promise<{ name: string; text: string }> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
  if (text === '')
    throw usageFailure('Standard input is empty; --secret-stdin reads the secret from it.')
  return { name: 'standard input', text }
}
