import { readFileSync } from 'node:fs'
import { safe } from '@orpc/client'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { messageOf, runtimeFailure, usageFailure } from '#cli/failure.ts'
import { type PassphraseOptions, passphrasesFrom } from '#cli/passphrase.ts'
import { withSession } from '#cli/session.ts'
import type { ApiClient } from '#contract/client.ts'
import { type DataKey, type NewDataKeySlot, slotWords } from '#contract/data-key.ts'
import type { SlotKind } from '#contract/status.ts'

export interface DataKeyOptions extends CommonOptions, PassphraseOptions {
  json?: boolean
}

const stateWords = {
  opens: 'opens here',
  'not-tried': 'not tried in this run',
  'does-not-open': 'does not open here',
}

function print({ output }: Context, dataKey: DataKey, json: boolean | undefined): void {
  if (json) return output.json(dataKey)
  output.line(escapeTerminal(dataKey.sentence))
  for (const slot of dataKey.slots) {
    const { name, holds, fails } = slotWords[slot.kind]
    output.line('')
    output.line(`${slot.kind.padEnd(10)}  ${name}, ${stateWords[slot.state]}`)
    if (slot.problem !== null) output.line(`            ${escapeTerminal(slot.problem)}`)
    output.line(`            ${holds}`)
    output.line(`            ${fails}`)
  }
  if (dataKey.hasFormer) {
    output.line('')
    output.line('A former key is kept. “countersign data-key recover” opens what lies under it.')
  }
}

/** `countersign data-key list`: the ways to open the data key, and what each protects against. */
export async function listSlots(context: Context, options: DataKeyOptions): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    print(context, await client.dataKey.get(), options.json)
  })
}

/** The same process may have to open what a passphrase closes: an engine of its own begins locked. */
async function opened(
  context: Context,
  client: ApiClient,
  options: DataKeyOptions,
): Promise<{ passphrase: string | null }> {
  const { state, slots } = await client.dataKey.get()
  if (state === 'open' || !slots.some(({ kind }) => kind === 'passphrase')) {
    return { passphrase: null }
  }
  const passphrase = await passphrasesFrom(context, options).next('Passphrase')
  await client.dataKey.unlock({ passphrase })
  return { passphrase }
}

/** `countersign data-key unlock`: judges what waited; meant for an engine that runs. */
export async function unlockDataKey(context: Context, options: DataKeyOptions): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const first = await client.dataKey.unlock({})
    const dataKey =
      first.state === 'locked' && first.slots.some(({ kind }) => kind === 'passphrase')
        ? await client.dataKey.unlock({
            passphrase: await passphrasesFrom(context, options).next('Passphrase'),
          })
        : first
    print(context, dataKey, options.json)
    if (dataKey.state === 'locked') throw runtimeFailure('The data key is still locked.')
  })
}

/** `countersign data-key add KIND` */
export async function addSlot(
  context: Context,
  kind: SlotKind,
  options: DataKeyOptions,
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    if (kind !== 'passphrase') await opened(context, client, options)
    const slot: NewDataKeySlot =
      kind === 'passphrase'
        ? { kind, passphrase: await passphrasesFrom(context, options).nextNew('New passphrase') }
        : { kind }
    print(context, await client.dataKey.addSlot(slot), options.json)
    context.output.note(`${slotWords[kind].name} added; it was seen to open the key.`)
  })
}

/** `countersign data-key change-passphrase`: the current one first, then the new one. */
export async function changePassphrase(context: Context, options: DataKeyOptions): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const passphrases = passphrasesFrom(context, options)
    const current = await passphrases.next('Current passphrase')
    await client.dataKey.unlock({ passphrase: current })
    const next = await passphrases.nextNew('New passphrase')
    const { erased } = await client.dataKey.changePassphrase({ current, next })
    context.output.note('The passphrase is changed; the old one opens nothing any more.')
    tellErased(context, erased)
  })
}

/** `countersign data-key remove KIND` */
export async function removeSlot(
  context: Context,
  kind: SlotKind,
  options: DataKeyOptions,
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const known = await opened(context, client, options)
    const { slots } = await client.dataKey.get()
    const slot = slots.find((one) => one.kind === kind)
    if (!slot)
      throw usageFailure(`There is no slot “${kind}”. “countersign data-key list” shows them.`)
    const onlyPassphrase = slots.every((one) => one === slot || one.kind === 'passphrase')
    const passphrase =
      known.passphrase ??
      (onlyPassphrase && slots.length > 1
        ? await passphrasesFrom(context, options).next('Passphrase')
        : null)
    const { erased } = await client.dataKey.removeSlot({ id: slot.id, passphrase })
    context.output.note(`${slotWords[kind].name} removed.`)
    tellErased(context, erased)
  })
}

/** `countersign data-key rotate`: a new data key, every secret sealed anew. */
export async function rotateDataKey(context: Context, options: DataKeyOptions): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const known = await opened(context, client, options)
    const { slots } = await client.dataKey.get()
    const needed = slots.some(({ kind }) => kind === 'passphrase')
    const passphrase =
      known.passphrase ??
      (needed ? await passphrasesFrom(context, options).next('Passphrase') : null)
    const { resealed, left, erased } = await client.dataKey.rotate({ passphrase })
    if (options.json) return context.output.json({ resealed, left, erased })
    context.output.note(`A new data key; ${resealed} sealed anew.`)
    if (left > 0) context.output.note(`${left} could not be unsealed before and stay locked.`)
    tellErased(context, erased)
  })
}

/** `countersign data-key begin-anew --yes`: where the data key is lost. */
export async function beginAnew(
  context: Context,
  options: DataKeyOptions & { yes?: boolean },
): Promise<void> {
  if (!options.yes) {
    throw usageFailure(
      'This begins with a new data key: secrets under the lost one stay locked until they are entered again. Nothing is deleted. Say --yes.',
    )
  }
  await withSession(options.dataDir, async (client) => {
    print(context, await client.dataKey.beginAnew({}), options.json)
  })
}

/** `countersign data-key recover`: what lies under a former data key, after it came back. */
export async function recoverDataKey(
  context: Context,
  options: DataKeyOptions & { keyFile?: string },
): Promise<void> {
  const { keyFile, passphraseFile, passphraseStdin } = options
  const keyFileText = keyFile === undefined ? undefined : readKeyFileText(keyFile)
  const withPassphrase = passphraseFile !== undefined || passphraseStdin === true
  await withSession(options.dataDir, async (client) => {
    const atHand =
      keyFileText === undefined && !withPassphrase ? await safe(client.dataKey.recover({})) : null
    const { recovered } =
      atHand && !atHand.error
        ? atHand.data
        : await client.dataKey.recover({
            ...(keyFileText !== undefined
              ? { keyFileText }
              : { passphrase: await passphrasesFrom(context, options).next('Former passphrase') }),
          })
    context.output.note(`${recovered} opened again and sealed under today’s key.`)
  })
}

function readKeyFileText(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 1000)
  } catch (error) {
    throw runtimeFailure(`The key file ${file} cannot be read: ${messageOf(error)}.`, error)
  }
}

function tellErased({ output }: Context, erased: boolean): void {
  if (erased) return
  output.note('The database was read meanwhile: old copies go from its log at the next start.')
}
