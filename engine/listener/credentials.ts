import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { OwnCertificate } from '#contract/listener-tls.ts'
import { EngineStartError } from '#engine/options.ts'
import type { ClientRules } from './client-certificate.ts'

/** A certificate (with its chain) and its private key, in PEM form and matching. */
export interface Credentials {
  cert: Buffer
  key: Buffer
  /** Absent or `null`: senders are not asked for a certificate. */
  clients?: ClientRules | null
}

const MOST_BYTES = 1024 * 1024

/**
 * Reads the files of a certificate and its key.
 * @throws EngineStartError `tls-unusable` that says what is wrong with which file and what to do
 */
export async function readCredentials(tls: OwnCertificate): Promise<Credentials> {
  const { certificateFile, keyFile } = tls
  const cert = await contentsOf(certificateFile, 'certificate')
  const key = await contentsOf(keyFile, 'key')
  const certificate = certificateIn(cert, certificateFile)
  if (!certificate.checkPrivateKey(keyIn(key, keyFile))) {
    throw unusable(
      `The key in ${keyFile} does not belong to the certificate in ${certificateFile}. Choose the key that the certificate was made with.`,
    )
  }
  try {
    // What OpenSSL refuses for its own reasons, such as a key that is too short.
    createSecureContext({ cert, key })
  } catch (error) {
    throw unusable(
      `The certificate in ${certificateFile} cannot be used (${reason(error)}).`,
      error,
    )
  }
  return { cert, key }
}

/**
 * Reads authorities of client certificates.
 * @throws EngineStartError `tls-unusable` that says what is wrong with which file
 */
export async function readAuthorities(files: readonly string[]): Promise<Buffer[]> {
  const read: Buffer[] = []
  for (const file of files) {
    const bytes = await contentsOf(file, 'authority')
    certificateIn(bytes, file)
    read.push(bytes)
  }
  return read
}

async function contentsOf(file: string, what: string): Promise<Buffer> {
  const unreadable = (error: unknown): never => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const why = missing ? 'There is no such file' : `It cannot be read (${reason(error)})`
    throw unusable(`The ${what} file ${file} is not usable. ${why}.`, error)
  }
  // Looked at first: reading a pipe would wait for ever, and a device may have no end.
  const found = await stat(file).catch(unreadable)
  if (!found.isFile()) {
    throw unusable(`The ${what} file ${file} is not usable. It cannot be read as a file.`)
  }
  if (found.size <= MOST_BYTES) return readFile(file).catch(unreadable)
  throw unusable(`The ${what} file ${file} is larger than 1 MB; that is no PEM file.`)
}

function certificateIn(bytes: Buffer, file: string): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch (error) {
    throw unusable(
      `${file} holds no certificate in PEM form; it begins with “-----BEGIN CERTIFICATE-----”.`,
      error,
    )
  }
}

function keyIn(bytes: Buffer, file: string): KeyObject {
  const text = bytes.toString('latin1')
  if (/^-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw unusable(
      `The key in ${file} is protected by a passphrase. Write it without one: openssl pkey -in KEY -out NEW-KEY.`,
    )
  }
  try {
    return createPrivateKey(bytes)
  } catch (error) {
    throw unusable(
      `${file} holds no private key in PEM form; it begins with “-----BEGIN PRIVATE KEY-----” or the like.`,
      error,
    )
  }
}

function unusable(sentence: string, cause?: unknown): EngineStartError {
  return new EngineStartError('tls-unusable', sentence, { cause })
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
