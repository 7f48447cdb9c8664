import { isIPv6 } from 'node:net'
import type { ListenerSettings } from '#contract/settings.ts'
import type { Status } from '#contract/status.ts'
import type { ProgramData } from './program-data.ts'

/** What a tunnel leads to, and by which words its program is told. */
export interface Target {
  /** Of the listener, as a program on this machine reaches it. */
  url: string
  arguments: string[]
  /** Where the program tells no public URL; `null`: it does. */
  knownUrl: string | null
}

/** Asks nobody: localhost.run gives whoever comes a URL. */
export const DEFAULT_SSH = { destination: 'nokey@localhost.run', remotePort: 80 }

/** Where a tunnel would lead to now; a sentence says why it can lead nowhere. */
export function targetOf(
  program: ProgramData,
  listening: Status['listening'],
  settings: ListenerSettings,
): Target | string {
  if (listening === null) return 'Nothing listens, so there is nothing to lead senders to.'
  if (settings.clientCertificates?.required) {
    return 'The listener wants a certificate of its sender, and a tunnel has none. Settings, Mutual TLS can let others in.'
  }
  const ssh = settings.sshTunnel ?? DEFAULT_SSH
  const publicUrl = settings.publicUrl ?? null
  const knownUrl = program.argsForKnownUrl && settings.sshTunnel ? publicUrl : null
  const secure = new URL(listening.url).protocol === 'https:'
  const words =
    knownUrl === null ? program.args[secure ? 'https' : 'http'] : program.argsForKnownUrl
  if (!words) {
    return `The listener speaks HTTPS, which ${program.name} cannot lead to. The tunnel brings its own certificate: Settings, HTTPS can be HTTP.`
  }
  const at = `${localName(listening.host)}:${listening.port}`
  const url = `${secure ? 'https' : 'http'}://${at}`
  const values: Readonly<Record<string, string>> = {
    url,
    at,
    insecureUrl: `https+insecure://${at}`,
    destination: ssh.destination,
    remotePort: String(ssh.remotePort),
  }
  const filled = (word: string) =>
    word.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  return { url, arguments: words.map(filled), knownUrl: knownUrl?.replace(/\/+$/, '') ?? null }
}

/** An address that means all of them is no place to connect to. */
function localName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return isIPv6(host) ? `[${host}]` : host
}

/** The command as it would be typed, to be shown. */
export function commandLine(file: string, words: readonly string[]): string {
  return [file, ...words].map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`
}
