import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { verifierCode, verifierTargets } from '#engine/interchange/verifier-code/verifier-code.ts'
import type { Rooms } from './rooms.ts'

/** Receiver code for a scheme; it holds no secret, and none is looked at for it. */
export function verifierCodeCalls(rooms: Pick<Rooms, 'schemes'>) {
  const os = implement(api).tools
  return {
    verifierTargets: os.verifierTargets.handler(() => verifierTargets.map((each) => ({ ...each }))),
    verifierCode: os.verifierCode.handler(({ input, errors }) => {
      const scheme = rooms.schemes.find(input.schemeId)
      if (!scheme) {
        throw errors.NOT_FOUND({ message: `There is no scheme “${input.schemeId}”.` })
      }
      const target = verifierTargets.find(({ id }) => id === input.target)
      if (!target) {
        const ids = verifierTargets.map(({ id }) => id).join(', ')
        const message = `There is no code for “${input.target}”. There is for: ${ids}.`
        throw errors.BAD_REQUEST({ message })
      }
      return verifierCode(scheme, target.id)
    }),
  }
}
