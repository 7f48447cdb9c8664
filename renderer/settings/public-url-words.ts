import { ProxyAddress, PublicUrl, SshTunnel } from '#contract/tunnel.ts'

const MOST_PROXIES = 50
const SSH_PORT = 80

/** A public URL as it was typed (empty: none), or the sentence that says what is wrong with it. */
export function readPublicUrl(text: string): { url: string | null } | string {
  const typed = text.trim().replace(/\/+$/, '')
  if (typed === '') return { url: null }
  const read = PublicUrl.safeParse(typed)
  return read.success ? { url: read.data } : firstIssue(read.error)
}

/** `me@server:8080` as it was typed (empty: localhost.run), or what is wrong with it. */
export function readSshTunnel(text: string): { ssh: SshTunnel | null } | string {
  const typed = text.trim()
  if (typed === '') return { ssh: null }
  const [, destination = typed, port] = /^(.*?)(?::(\d{1,5}))?$/.exec(typed) ?? []
  const remotePort = port === undefined ? SSH_PORT : Number(port)
  const read = SshTunnel.safeParse({ destination, remotePort })
  if (read.success) return { ssh: read.data }
  const portIsWrong = remotePort < 1 || remotePort > 65_535
  return portIsWrong ? 'A port is a number from 1 to 65535.' : firstIssue(read.error)
}

export function writeSshTunnel(ssh: SshTunnel | null): string {
  if (ssh === null) return ''
  return ssh.remotePort === SSH_PORT ? ssh.destination : `${ssh.destination}:${ssh.remotePort}`
}

/** Addresses and blocks as they were typed, or the sentence that says what is wrong with them. */
export function readProxies(text: string): { proxies: string[] } | string {
  const proxies = text.split(/[\s,]+/).filter((each) => each !== '')
  const wrong = proxies.find((each) => !ProxyAddress.safeParse(each).success)
  if (wrong !== undefined) return `“${wrong}” is no address and no block, such as 10.0.0.0/8.`
  return proxies.length > MOST_PROXIES ? `There are at most ${MOST_PROXIES} proxies.` : { proxies }
}

function firstIssue(error: { issues: readonly { message: string }[] }): string {
  return error.issues[0]?.message ?? 'That cannot be used.'
}
