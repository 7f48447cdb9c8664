import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { trustSteps } from '#engine/local-ca/trust-steps.ts'
import { EngineStartError } from '#engine/options.ts'
import type { Rooms } from './rooms.ts'

const EXAMPLE_URL = 'https://localhost:4100'

/** The local authority and the path token of the listener. */
export function listenerCalls(rooms: Rooms) {
  const os = implement(api).listener
  const { localCa, pathTokens, listening, settings, feed } = rooms
  const known = () => {
    const authority = localCa.authority()
    const url = listening.status()?.url ?? ''
    const example = url.startsWith('https:') ? url : EXAMPLE_URL
    const trust = authority ? trustSteps(authority.certificateFile, example) : []
    return { authority, trust }
  }
  return {
    authority: os.authority.handler(known),
    makeAuthority: os.makeAuthority.handler(async ({ input, errors }) => {
      try {
        localCa.make(input)
      } catch (error) {
        if (!(error instanceof EngineStartError)) throw error
        throw errors.BAD_REQUEST({ message: error.message })
      }
      // What speaks HTTPS with a certificate of the one before gets one of the new one.
      await listening.apply(settings.get().listener, { anew: true })
      feed.publish({ settings: true, status: true })
      return known()
    }),
    pause: os.pause.handler(async () => {
      await listening.pause()
      feed.publish({ status: true })
      return {}
    }),
    resume: os.resume.handler(async ({ errors }) => {
      try {
        await listening.resume()
      } catch (error) {
        if (!(error instanceof EngineStartError)) throw error
        throw errors.BAD_REQUEST({ message: error.message })
      }
      feed.publish({ status: true })
      return {}
    }),
    newPathToken: os.newPathToken.handler(() => {
      pathTokens.renew()
      feed.publish({ settings: true, status: true })
      return {}
    }),
  }
}
