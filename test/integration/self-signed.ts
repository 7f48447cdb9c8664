import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

export interface CertificateFiles {
  certificateFile: string
  keyFile: string
}

/** A fresh certificate for localhost and 127.0.0.1, and its key, as files of a folder. */
export function selfSignedFiles(folder: string, name = 'localhost'): CertificateFiles {
  const files = {
    certificateFile: join(folder, `${name}.cert.pem`),
    keyFile: join(folder, `${name}.key.pem`),
  }
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
  const out = ['-keyout', files.keyFile, '-out', files.certificateFile]
  execFileSync(
    'openssl',
    ['req', '-x509', ...kind, '-subj', `/CN=${name}`, '-addext', names, '-days', '2', ...out],
    { stdio: 'ignore' },
  )
  return files
}

/** The same in memory. */
export function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'))
  try {
    const { certificateFile, keyFile } = selfSignedFiles(folder)
    return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certificateFile, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
