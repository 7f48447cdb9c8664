import { z } from 'zod'

const PemFile = z.string().trim().min(1, 'Name a PEM file.').max(4096)

/** A host name (with `*.` in front for all below it) or an IP address. */
export const HostName = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'Name a host, such as hooks.test.')
  .max(253)
  .regex(/^[a-z0-9*.:_-]+$/, 'A host name has letters, digits, points and hyphens.')

/** HTTPS with a certificate of the person's own; PEM files, read when they change. */
export const OwnCertificate = z.object({ certificateFile: PemFile, keyFile: PemFile })
export type OwnCertificate = z.infer<typeof OwnCertificate>

/** HTTPS with a certificate by the local authority: for this machine, and for these names. */
export const LocalCertificate = z.object({ hostNames: z.array(HostName).max(50) })
export type LocalCertificate = z.infer<typeof LocalCertificate>

export const ListenerTls = z.union([OwnCertificate, LocalCertificate])
export type ListenerTls = z.infer<typeof ListenerTls>

/** Mutual TLS: whom to ask for a certificate, and whose are good. */
export const ClientCertificates = z.object({
  /** `false`: who has none is let in all the same. */
  required: z.boolean(),
  /** Authorities, PEM. */
  caFiles: z.array(PemFile).min(1, 'Name the file of an authority.').max(20),
})
export type ClientCertificates = z.infer<typeof ClientCertificates>

/** What a sender presented in the TLS handshake. */
export const ClientCertificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  /** SHA-256, hex with colons. */
  fingerprint256: z.string(),
  /** As OpenSSL writes it, in UTC. */
  validFrom: z.string(),
  validTo: z.string(),
  /** It leads to an authority of the listener and counts now. */
  authorized: z.boolean(),
  /** Why not; `null`: it is. */
  problem: z.string().nullable(),
})
export type ClientCertificate = z.infer<typeof ClientCertificate>

/** The local authority, which signs certificates for the listener. */
export const Authority = z.object({
  name: z.string(),
  /** Its certificate, which senders have to trust; PEM, at this path of the engine's machine. */
  certificateFile: z.string(),
  certificate: z.string(),
  fingerprint256: z.string(),
  notBeforeMs: z.number(),
  notAfterMs: z.number(),
  /** Names and address blocks that it may sign for; clients refuse others. */
  permitted: z.array(z.string()),
  /** `false`: its key lies in a file that only its owner can read, since nothing could seal it. */
  keyIsSealed: z.boolean(),
})
export type Authority = z.infer<typeof Authority>

/** How to make a program trust the authority; the engine's machine may be another one. */
export const TrustStep = z.object({
  id: z.enum(['linux', 'macos', 'windows', 'firefox', 'node', 'curl']),
  name: z.string(),
  sentence: z.string(),
  /** A line each, to copy; empty: there is nothing to type. */
  commands: z.array(z.string()),
  undo: z.array(z.string()),
})
export type TrustStep = z.infer<typeof TrustStep>
