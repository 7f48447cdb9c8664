import { type Command, InvalidArgumentError } from 'commander'
import type { ClientCertificates, ListenerTls } from '#contract/listener-tls.ts'
import type { ListenOptions as ListenAt } from '#engine/options.ts'
import { usageFailure } from './failure.ts'
import { pathValue } from './option-values.ts'

export interface TlsOptions {
  https?: boolean
  hostName?: string[]
  tlsCert?: string
  tlsKey?: string
  clientCa?: string[]
  requireClientCert?: boolean
  pathToken?: boolean
}

/** How `listen` speaks, for this run; the settings stay as they are. */
export function withTlsOptions(command: Command): Command {
  return command
    .option('--https', 'speak HTTPS with a certificate by the local authority, made when missing')
    .option(
      '--host-name <name>',
      'with --https: a name or address beside localhost that senders use; repeat for several',
      collected((text) => text),
    )
    .option('--tls-cert <file>', 'speak HTTPS with a certificate of your own (PEM)', pathValue)
    .option('--tls-key <file>', 'its key (PEM)', pathValue)
    .option(
      '--client-ca <file>',
      'ask senders for a certificate by this authority (PEM); repeat for several',
      collected(pathValue),
    )
    .option('--require-client-cert', 'with --client-ca: refuse senders without one (403)')
    .option('--path-token', 'require a random path prefix; without it 404, and nothing is recorded')
}

/**
 * What the options say for this start.
 * @throws CommandFailure 2 where they do not fit together
 */
export function readTlsOptions(
  options: TlsOptions,
): Pick<ListenAt, 'tls' | 'clientCertificates' | 'pathToken'> {
  const tls = readTls(options)
  const clientCertificates = readClients(options)
  return {
    ...(tls && { tls }),
    ...(clientCertificates && { clientCertificates }),
    ...(options.pathToken && { pathToken: true }),
  }
}

function readTls({ https, hostName, tlsCert, tlsKey }: TlsOptions): ListenerTls | null {
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw usageFailure('A certificate and its key go together: give --tls-cert and --tls-key.')
  }
  if (tlsCert !== undefined && tlsKey !== undefined) {
    if (hostName) {
      throw usageFailure('--host-name is for --https; a certificate of your own has its names.')
    }
    return { certificateFile: tlsCert, keyFile: tlsKey }
  }
  if (!https && hostName) throw usageFailure('--host-name needs --https.')
  return https ? { hostNames: hostName ?? [] } : null
}

function readClients(options: TlsOptions): ClientCertificates | null {
  const { clientCa, requireClientCert = false, https, tlsCert } = options
  if (!clientCa) {
    if (!requireClientCert) return null
    throw usageFailure('--require-client-cert needs --client-ca FILE: whose certificates are good.')
  }
  if (!https && tlsCert === undefined) {
    throw usageFailure('--client-ca needs HTTPS: add --https, or --tls-cert and --tls-key.')
  }
  return { required: requireClientCert, caFiles: clientCa }
}

function collected(read: (text: string) => string) {
  return (text: string, earlier: readonly string[] = []) => {
    if (text.trim() === '') throw new InvalidArgumentError('It is empty.')
    return [...earlier, read(text)]
  }
}
