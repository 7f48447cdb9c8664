import { bashQuote } from '#contract/bash-quote.ts'
import type { TrustStep } from '#contract/listener-tls.ts'

/**
 * How to make senders trust the local authority, and how to undo it. Nothing of this is ever run by
 * Countersign. Sources: update-ca-certificates(8), update-ca-trust(8), security(1) of macOS,
 * certutil of Windows, support.mozilla.org "Set up Certificate Authorities in Firefox", Node's
 * NODE_EXTRA_CA_CERTS, curl(1).
 * @param url where the listener is, for an example
 */
export function trustSteps(certificateFile: string, url: string): TrustStep[] {
  const file = word(certificateFile)
  const windowsFile = `"${certificateFile}"`
  const anchor = '/usr/local/share/ca-certificates/countersign.crt'
  return [
    {
      id: 'curl',
      name: 'curl',
      sentence: 'For one command; nothing is installed.',
      commands: [`curl --cacert ${file} ${word(url)}`],
      undo: [],
    },
    {
      id: 'node',
      name: 'Node.js',
      sentence: 'For what is started from this shell; nothing is installed.',
      commands: [`export NODE_EXTRA_CA_CERTS=${file}`],
      undo: ['unset NODE_EXTRA_CA_CERTS'],
    },
    {
      id: 'linux',
      name: 'Linux',
      sentence:
        'For all programs that use the system’s authorities (Debian, Ubuntu; on Fedora: sudo trust anchor FILE).',
      commands: [`sudo cp ${file} ${anchor}`, 'sudo update-ca-certificates'],
      undo: [`sudo rm ${anchor}`, 'sudo update-ca-certificates --fresh'],
    },
    {
      id: 'macos',
      name: 'macOS',
      sentence: 'For you, in the login keychain.',
      commands: [
        `security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db ${file}`,
      ],
      undo: [`security remove-trusted-cert ${file}`],
    },
    {
      id: 'windows',
      name: 'Windows',
      sentence: 'For you, in your store of trusted roots; Windows asks before it does so.',
      commands: [`certutil -user -addstore Root ${windowsFile}`],
      undo: ['certutil -user -delstore Root "Countersign on this machine"'],
    },
    {
      id: 'firefox',
      name: 'Firefox',
      sentence:
        'Settings, Privacy & Security, View Certificates, Authorities, Import: choose the file and tick “identify websites”. On Windows and macOS it also takes the system’s authorities.',
      commands: [],
      undo: [],
    },
  ]
}

/** Quoted where a shell would read anything else in it. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : bashQuote(text)
}
