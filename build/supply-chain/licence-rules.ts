/** Licences under which a package may be shipped with an MIT program, as SPDX ids. */
const SHIPPED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Fonts: may be bundled, not sold by themselves.
  'OFL-1.1',
  // Permissive, keeps its notice: argparse, of which updates bring a part.
  'Python-2.0',
  'Unlicense',
])

/** More for what is only run while developing, and never given to anybody. */
const DEVELOPMENT = new Set([...SHIPPED, 'AFL-2.1', 'CC-BY-4.0', 'MPL-2.0', 'WTFPL'])

/** What some packages write instead of the SPDX id. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'MIT License': 'MIT',
  Apache: 'Apache-2.0',
  'Apache 2.0': 'Apache-2.0',
}

/**
 * Packages whose metadata names no licence that a program can judge, each read by a person. None of
 * them is shipped; with another version they are read again.
 */
const READ: Readonly<Record<string, string>> = {
  '@dropbox/sign@1.11.0': 'MIT, in its LICENSE file',
  '@zoom/rivet@0.4.0': "Zoom's API terms of use: only called in tests, against our own signatures",
  'base-64@0.1.0': 'MIT, in its LICENSE file',
  'chargebee@3.33.0': 'MIT, in its LICENSE file',
  'destroyable-server@1.1.1': 'Apache-2.0, in its LICENSE file',
  'mercadopago@3.6.1': 'MIT, in its LICENSE file',
  'read-tls-client-hello@2.0.0': 'Apache-2.0, in its LICENSE file',
  'stream-chat@9.53.0':
    "Stream's source code licence agreement: only called in tests, against our own signatures",
  'terra-api@2.1.0': 'names none: only called in tests, against our own signatures',
  'uri-parser@1.0.1': 'MIT, in the old “licenses” field of its package.json',
  'xmlhttprequest-ssl@2.1.2': 'MIT, in its LICENSE file',
}

export type LicenceUse = 'shipped' | 'development'

/**
 * Whether an SPDX expression allows a use: one side of OR, both of AND
 * (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/).
 */
export function licenceAllows(expression: string, use: LicenceUse): boolean {
  const allowed = use === 'shipped' ? SHIPPED : DEVELOPMENT
  const spelled = SPELLINGS[expression] ?? expression
  const tokens = spelled.match(/\(|\)|[^\s()]+/g) ?? []
  let at = 0
  const term = (): boolean => {
    if (tokens[at] !== '(') return allowed.has(tokens[at++] ?? '')
    at += 1
    const inside = either()
    if (tokens[at++] !== ')') throw new Error(`“${expression}” has an open parenthesis.`)
    return inside
  }
  const both = (): boolean => {
    let holds = term()
    while (tokens[at] === 'AND') {
      at += 1
      // Both sides are read, whatever the first one says.
      holds = term() && holds
    }
    return holds
  }
  const either = (): boolean => {
    let holds = both()
    while (tokens[at] === 'OR') {
      at += 1
      holds = both() || holds
    }
    return holds
  }
  const holds = either()
  // “GPL-2.0 WITH exception” and the like are for a person to read.
  return holds && at === tokens.length
}

/** The licence that a person read in this version of a package; `null`: nobody did. */
export function licenceRead(name: string, version: string): string | null {
  return READ[`${name}@${version}`] ?? null
}
