import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { procedureHelpers } from './typescript-procedures.ts'
import { indent, lines } from './text.ts'
import { keyForms } from './words.ts'

const refused = `class Refused extends Error {
  status: 400 | 401;

  constructor(status: 400 | 401, message: string) {
    super(message);
    this.status = status;
  }
}`

/** Functions that the check may call, in the order in which they are printed. */
const helpers: readonly (readonly [string, string])[] = [
  ...procedureHelpers,
  [
    'required',
    `function required(text: string, what: string): string {
  if (text === "") throw new Refused(400, \`Missing: \${what}.\`);
  return text;
}`,
  ],
  [
    'pairOf',
    `/** \`v1=abc\` as ["v1", "abc"]. */
function pairOf(entry: string, separator: string): [string, string] {
  const at = entry.indexOf(separator);
  return at < 0 ? [entry, ""] : [entry.slice(0, at), entry.slice(at + separator.length)];
}`,
  ],
  [
    'text',
    `/** A text or number in parsed JSON as text; empty when it is anything else. */
function text(value: unknown, type?: "string" | "number"): string {
  if (type && typeof value !== type) return "";
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
}`,
  ],
  [
    'compactJson',
    `/** The SDK signs JSON.stringify of the parsed body; nothing at all counts as {}. */
function compactJson(body: Buffer): string {
  return body.length === 0 ? "{}" : JSON.stringify(parseJson(body));
}`,
  ],
  [
    'decodeJson',
    `/** A part of a JSON Web Token. */
function decodeJson(part: string): any {
  return parseJson(Buffer.from(part, "base64url")) ?? {};
}`,
  ],
  [
    'parseJson',
    `function parseJson(json: Buffer | string): any {
  try {
    return JSON.parse(json.toString());
  } catch {
    throw new Refused(400, "That is not JSON.");
  }
}`,
  ],
  [
    'secondsOf',
    `/** Seconds, milliseconds or ISO 8601 as unix seconds. */
function secondsOf(timestamp: string): number {
  if (!/^\\d+$/.test(timestamp)) return Date.parse(timestamp) / 1000;
  return Number(timestamp) / (timestamp.length > 11 ? 1000 : 1);
}`,
  ],
  [
    'equal',
    `/** Compares in a time that does not tell where the texts differ. */
function equal(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}`,
  ],
  [
    'decode',
    `/** The bytes of a signature; none when it is not written as it must be. */
function decode(text: string, encoding: "hex" | "base64" | "base64url"): Buffer {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : Buffer.alloc(0);
}`,
  ],
]

const whsec = 'Buffer.from(secret.replace(/^whsec_/, ""), "base64")'
const keyExpressions: Record<KeyForm, string> = {
  utf8: 'Buffer.from(secret)',
  'utf8-nfkd': 'Buffer.from(secret.normalize("NFKD"))',
  hex: 'Buffer.from(secret, "hex")',
  base64: 'Buffer.from(secret, "base64")',
  base64url: 'Buffer.from(secret, "base64url")',
  'base64-after-whsec': whsec,
  'base64-after-whsec-else-utf8': `secret.startsWith("whsec_") ? ${whsec} : Buffer.from(secret)`,
  'base64-after-last-underscore':
    'Buffer.from(secret.slice(secret.lastIndexOf("_") + 1), "base64")',
  'sha1-of-utf8': 'createHash("sha1").update(secret).digest()',
  'public-key': 'Buffer.from(secret)',
}

function keyFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  const forms = proof.keys.map((form) => keyExpressions[form])
  const returned = forms[0] ?? keyExpressions.utf8
  if (forms.length === 1) {
    return lines(
      '/** The bytes of the key. */',
      'function keyOf(secret: string): Buffer {',
      `  const key = ${returned.replace(' ? ', '\n    ? ').replace(' : ', '\n    : ')};`,
      '  if (key.length === 0) throw new Error("The secret holds no key.");',
      '  return key;',
      '}',
    )
  }
  return lines(
    '/** What the secret may stand for: each is tried. */',
    'function keysOf(secret: string): Buffer[] {',
    '  return [',
    ...forms.map((form) => `    ${form},`),
    '  ].filter((key) => key.length > 0);',
    '}',
  )
}

function publicKeyFunction({ proof }: Plan): string {
  const forms: string[] = []
  if (proof.kind === 'ed25519') {
    forms.push(
      'const raw = /^[0-9a-f]{64}$/i.test(text)',
      '  ? Buffer.from(text, "hex")',
      '  : Buffer.from(text.replace(/^whpk_/, ""), "base64");',
      'if (raw.length === 32) {',
      '  const x = raw.toString("base64url");',
      '  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });',
      '}',
    )
  }
  if (proof.kind !== 'rsa') {
    forms.unshift(
      'if (text.startsWith("{")) {',
      '  return createPublicKey({ key: JSON.parse(text), format: "jwk" });',
      '}',
    )
  }
  return lines(
    `/** Reads a key in PEM${keyForms(proof.kind)} or DER in base64. */`,
    'function publicKey(text: string): KeyObject {',
    indent(
      lines(
        ...forms,
        'if (text.startsWith("-----")) return createPublicKey(text);',
        'const key = Buffer.from(text, "base64");',
        'return createPublicKey({ key, format: "der", type: "spki" });',
      ),
      2,
    ),
    '}',
  )
}

/** The class and functions that the code calls, those that they call among them. */
export function helpersFor(plan: Plan, code: string): string[] {
  let all = code
  const wanted = new Set<string>()
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size
    for (const [name, text] of helpers) {
      if (wanted.has(name) || !new RegExp(`\\b${name}\\(`).test(all)) continue
      wanted.add(name)
      all += text
    }
  }
  const found = helpers.filter(([name]) => wanted.has(name)).map(([, text]) => text)
  const keys = /\bkeys?Of\b/.test(code) ? [keyFunction(plan)] : []
  const publicKeys = code.includes('publicKey(') ? [publicKeyFunction(plan)] : []
  return [refused, ...found, ...keys, ...publicKeys]
}

/** The imports from Node that the code needs. */
export function nodeImports(code: string): string {
  const names = ['constants', 'createHash', 'createHmac', 'createPublicKey', 'timingSafeEqual']
    .filter((name) => new RegExp(`\\b${name}\\b`).test(code))
    .concat(code.includes('KeyObject') ? ['type KeyObject'] : [])
    .concat(code.includes('verifyBytes(') ? ['verify as verifyBytes'] : [])
  return lines(
    names.length > 0 && `import { ${names.join(', ')} } from "node:crypto";`,
    code.includes('crc32(') && 'import { crc32 } from "node:zlib";',
  )
}
