import { X509Certificate } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { Authority } from '#contract/listener-tls.ts'
import { EngineStartError } from '#engine/options.ts'
import type { Vault } from '#engine/secrets/vault.ts'
import type { SettingsTable } from '#engine/store/settings-table.ts'
import {
  commonName,
  firstForbidden,
  type KeyedCertificate,
  makeAuthority,
  renewalDueMs,
  signServer,
} from './authority.ts'
import { authorityKeyPlace, writeOwners } from './authority-key.ts'
import { readHostName, thisMachine } from './host-names.ts'

/** The local authority of a data directory and what it signs for the listener. */
export interface LocalCa {
  /** `null`: none was made. */
  authority(): Authority | null
  /**
   * Makes one. `allowed`: host names and addresses beside private ones that it may sign for.
   * @throws EngineStartError `tls-unusable` when there is one and `replace` is not said, or for a
   * name that is none
   */
  make(request: { allowed: readonly string[]; replace: boolean }): Authority
  /**
   * The listener's certificate for this machine and these hosts: the one at hand, or a new one when
   * there is none, when it is for others, or when a third of its time is left.
   * @throws EngineStartError `tls-unusable` that says what is in the way
   */
  credentials(hostNames: readonly string[]): Readonly<KeyedCertificate>
}

const Stored = z.object({ certificate: z.string(), permitted: z.array(z.string()) })
const StoredLeaf = z.object({
  hosts: z.array(z.string()),
  authority: z.string(),
  certificate: z.string(),
  key: z.string(),
})
type StoredLeaf = z.infer<typeof StoredLeaf>

const SETTING = 'authority'

export interface LocalCaOptions {
  dataDir: string
  vault: Pick<Vault, 'seal' | 'unseal'>
  table: SettingsTable
  /** Unix milliseconds; absent: the clock. */
  now?: () => number
}

export function openLocalCa({ dataDir, vault, table, now = Date.now }: LocalCaOptions): LocalCa {
  const folder = path.join(dataDir, 'tls')
  const certificateFile = path.join(folder, 'countersign-ca.pem')
  const leafFile = path.join(folder, 'listener.json')
  const place = authorityKeyPlace({ folder, vault, table })
  const stored = () => readJson(Stored, table.get(SETTING))

  const authority = (): Authority | null => {
    const found = stored()
    if (!found) return null
    const certificate = new X509Certificate(found.certificate)
    // Commands name it; whoever tidied up gets it back.
    if (!fs.existsSync(certificateFile)) keepFile(certificateFile, found.certificate)
    return {
      name: commonName(certificate),
      certificateFile,
      certificate: found.certificate,
      fingerprint256: certificate.fingerprint256,
      notBeforeMs: Date.parse(certificate.validFrom),
      notAfterMs: Date.parse(certificate.validTo),
      permitted: found.permitted,
      keyIsSealed: place.isSealed,
    }
  }

  const leaf = (): StoredLeaf | null => {
    if (!fs.existsSync(leafFile)) return null
    return readJson(StoredLeaf, fs.readFileSync(leafFile, 'utf8'))
  }

  return {
    authority,
    make({ allowed, replace }) {
      if (!replace && stored()) {
        throw unusable(
          'There is a local authority already. Senders that trust it would have to trust another one anew; --replace makes one all the same.',
        )
      }
      const hosts = [...readAll(allowed), ...machineNames()]
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
      const made = makeAuthority(os.hostname(), hosts, now())
      place.keep(made.key)
      const { certificate, permitted } = made
      table.set(SETTING, JSON.stringify({ certificate, permitted }))
      keepFile(certificateFile, certificate)
      const known = authority()
      if (!known) throw new Error('The authority that was just made cannot be read.')
      return known
    },
    credentials(hostNames) {
      const found = stored()
      if (!found) {
        throw unusable(
          'There is no local authority yet. Make one in Settings, HTTPS, or with “countersign ca make”.',
        )
      }
      const hosts = [...new Set([...thisMachine, ...readAll(hostNames)])]
      const forbidden = firstForbidden(hosts, found.permitted)
      if (forbidden !== null) {
        throw unusable(
          `The local authority may not sign for ${forbidden}. Make one that may: countersign ca make --replace --allow ${forbidden}`,
        )
      }
      const { fingerprint256 } = new X509Certificate(found.certificate)
      const here = leaf()
      const fits = here?.authority === fingerprint256 && here.hosts.join() === hosts.join()
      if (here && fits && now() < renewalDueMs(here.certificate)) return here
      const key = place.read()
      if ('problem' in key) {
        if (here && fits && now() < Date.parse(new X509Certificate(here.certificate).validTo)) {
          return here
        }
        throw unusable(key.problem)
      }
      if (now() > Date.parse(new X509Certificate(found.certificate).validTo)) {
        throw unusable(
          'The local authority has ended. Make a new one (countersign ca make --replace) and let senders trust it.',
        )
      }
      const signer = { certificate: found.certificate, key: key.pem }
      const signed = signServer(signer, hosts, now())
      keepFile(leafFile, JSON.stringify({ hosts, authority: fingerprint256, ...signed }))
      return signed
    },
  }

  function keepFile(file: string, text: string): void {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeOwners(file, text)
  }
}

/** The name of this machine, where it is one that a certificate can have. */
function machineNames(): string[] {
  const name = readHostName(os.hostname())
  return name === null ? [] : [name]
}

/** @throws EngineStartError for the first that is neither a host name nor an address */
function readAll(given: readonly string[]): string[] {
  return given.map((text) => {
    const host = readHostName(text)
    if (host === null) {
      throw unusable(`“${text}” is neither a host name nor an address, such as hooks.test.`)
    }
    return host
  })
}

function unusable(sentence: string): EngineStartError {
  return new EngineStartError('tls-unusable', sentence)
}

/** `null` for what is not there, or is damaged: then it is made anew. */
function readJson<T>(shape: z.ZodType<T>, text: string | null): T | null {
  if (text === null || text === '') return null
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
