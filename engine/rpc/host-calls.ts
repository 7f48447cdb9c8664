import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { isLoopback, readHost, remoteHost } from '#engine/replay/loopback.ts'
import type { Rooms } from './rooms.ts'

/**
 * The host that has to be allowed before anything is sent to this URL; `null`: it may be sent to.
 * Everything that sends asks this first and refuses with HOST_NOT_ALLOWED.
 */
export function refusedHost({ store }: Pick<Rooms, 'store'>, url: string): string | null {
  const host = remoteHost(url)
  return host === null || store.allowedHosts.has(host) ? null : host
}

interface SendingRefusals {
  HOST_NOT_ALLOWED(options: { message: string; data: { host: string } }): Error
}

/** @throws HOST_NOT_ALLOWED, with the host to allow */
export function assertMaySend(
  rooms: Pick<Rooms, 'store'>,
  url: string,
  errors: SendingRefusals,
): void {
  const host = refusedHost(rooms, url)
  if (host === null) return
  const message = `${host} is not this computer. Allow sending to it first.`
  throw errors.HOST_NOT_ALLOWED({ message, data: { host } })
}

/** Hosts beside loopback that may be sent to. */
export function hostCalls({ store, feed }: Rooms) {
  const os = implement(api)
  return {
    list: os.hosts.list.handler(() => store.allowedHosts.list()),
    allow: os.hosts.allow.handler(({ input, errors }) => {
      const host = readHost(input.host)
      if (host === null) {
        const message = 'That is no host: give its name or address alone, without a port.'
        throw errors.BAD_REQUEST({ message })
      }
      if (!isLoopback(host) && store.allowedHosts.allow(host)) feed.publish({ settings: true })
      return {}
    }),
    disallow: os.hosts.disallow.handler(({ input, errors }) => {
      const host = readHost(input.host) ?? input.host
      if (!store.allowedHosts.disallow(host)) {
        throw errors.NOT_FOUND({ message: `${host} is not among the allowed hosts.` })
      }
      feed.publish({ settings: true })
      return {}
    }),
  }
}
