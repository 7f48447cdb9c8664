import { safe } from '@orpc/client'
import type { ApiClient } from '#contract/client.ts'
import type { Context } from './context.ts'
import { isTerminal, passphrasesFrom, readHidden } from './passphrase.ts'

export interface UnlockOptions {
  passphraseFile?: string
  /** Then nobody is asked. */
  json?: boolean
}

const TRIES = 3
const LATER = 'What arrives is kept and judged later: “countersign data-key unlock”.'

/**
 * Opens the data key where it needs a passphrase: from the file, else from a terminal. Capture goes
 * on meanwhile, and also when it stays locked.
 */
export async function unlockAtStart(
  context: Context,
  client: ApiClient,
  options: UnlockOptions,
  stop: AbortSignal,
): Promise<void> {
  const { secrets } = await client.status.get()
  if (secrets.state === 'open' || !secrets.slots.includes('passphrase')) return
  if (options.passphraseFile !== undefined) {
    const passphrase = await passphrasesFrom(context, options).next('Passphrase')
    const { error } = await safe(client.dataKey.unlock({ passphrase }))
    if (error) context.output.note(`The passphrase of the file opens nothing here. ${LATER}`)
    return
  }
  if (options.json || !isTerminal(context.stdin)) return
  await ask(context, client, stop)
}

async function ask(context: Context, client: ApiClient, stop: AbortSignal): Promise<void> {
  const { output, stdin } = context
  for (let tries = 0; tries < TRIES && isTerminal(stdin); tries++) {
    output.note('Secrets are locked. Passphrase (not shown; Enter alone goes on without):')
    const passphrase = await readHidden(stdin, stop)
    // In raw mode Ctrl+C is a key like any other; here it means what it always means. On Windows a
    // signal that is sent would end the process at once.
    if (passphrase === null && !stop.aborted) process.emit('SIGINT', 'SIGINT')
    if (passphrase === null) return
    if (passphrase === '') break
    const { error } = await safe(client.dataKey.unlock({ passphrase }))
    if (!error) return output.note('Unlocked.')
    output.note('That is not the passphrase.')
  }
  output.note(LATER)
}
