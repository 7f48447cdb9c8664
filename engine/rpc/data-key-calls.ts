import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { DataKey } from '#contract/data-key.ts'
import { parseKeyFile } from '#engine/secrets/key-file.ts'
import { SlotRefused } from '#engine/secrets/types.ts'
import type { Rooms } from './rooms.ts'
import { secretsOpened } from './unlocked.ts'

interface KeepingErrors {
  WRONG_PASSPHRASE(options: { message: string }): Error
  LOCKED(options: { message: string }): Error
  BAD_REQUEST(options: { message: string }): Error
}

/** What the vault refuses is an answer, in the contract's words. */
async function said<T>(errors: KeepingErrors, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof SlotRefused)) throw error
    const { message, reason } = error
    if (reason === 'wrong-passphrase') throw errors.WRONG_PASSPHRASE({ message })
    throw reason === 'locked' ? errors.LOCKED({ message }) : errors.BAD_REQUEST({ message })
  }
}

/** The ways to open the data key: what there are, and every change of them. */
export function dataKeyCalls(rooms: Rooms) {
  const os = implement(api).dataKey
  const { vault, checkpointer, feed } = rooms
  const shape = async (): Promise<DataKey> => ({
    state: vault.state,
    sentence: vault.sentence,
    slots: await vault.list(),
    osKeyStorage: vault.hasOsKeyStorage,
    hasFormer: vault.hasFormer(),
  })
  const changed = async () => {
    feed.publish({ status: true, settings: true })
    return shape()
  }
  /** What was replaced stands in the log until that is emptied. */
  const erased = async () => ({ erased: await checkpointer.empty(), dataKey: await changed() })
  return {
    get: os.get.handler(shape),
    unlock: os.unlock.handler(async ({ input, errors }) => {
      if (vault.state === 'open') return shape()
      const opened =
        input.passphrase === undefined
          ? await vault.unlock()
          : await vault.unlockWithPassphrase(input.passphrase)
      if (opened) secretsOpened(rooms)
      else if (input.passphrase !== undefined) {
        throw errors.WRONG_PASSPHRASE({ message: 'This passphrase opens nothing here.' })
      }
      return changed()
    }),
    addSlot: os.addSlot.handler(async ({ input, errors }) => {
      await said(errors, vault.addSlot(input))
      return changed()
    }),
    changePassphrase: os.changePassphrase.handler(async ({ input, errors }) => {
      await said(errors, vault.changePassphrase(input.current, input.next))
      return erased()
    }),
    removeSlot: os.removeSlot.handler(async ({ input, errors }) => {
      await said(errors, vault.removeSlot(input.id, input.passphrase))
      return erased()
    }),
    rotate: os.rotate.handler(async ({ input, errors }) => {
      const { resealed, left } = await said(errors, vault.rotate(input.passphrase))
      return { ...(await erased()), resealed, left }
    }),
    beginAnew: os.beginAnew.handler(async ({ errors }) => {
      await said(errors, vault.beginAnew())
      secretsOpened(rooms)
      return changed()
    }),
    recover: os.recover.handler(async ({ input, errors }) => {
      const { passphrase, keyFileText } = input
      const key = keyFileText === undefined ? undefined : parseKeyFile(keyFileText)
      if (key === null) {
        throw errors.BAD_REQUEST({ message: 'That is not a key file of Countersign.' })
      }
      const recovered = await said(errors, vault.recover({ passphrase, key }))
      key?.fill(0)
      if (recovered === null) {
        const message = 'This opens no former key. Nothing was changed.'
        throw passphrase === undefined
          ? errors.BAD_REQUEST({ message })
          : errors.WRONG_PASSPHRASE({ message })
      }
      secretsOpened(rooms)
      return { ...(await changed()), recovered }
    }),
  }
}
