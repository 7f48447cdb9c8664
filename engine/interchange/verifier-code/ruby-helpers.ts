import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { indent, lines } from './text.ts'
import { keyForms } from './words.ts'

const refused = `class Refused < StandardError
  attr_reader :status

  def initialize(status, message)
    super(message)
    @status = status
  end
end`

const helpers: readonly (readonly [string, string])[] = [
  [
    'required',
    `def required(text, what)
  raise Refused.new(400, "Missing: #{what}.") if text.empty?

  text
end`,
  ],
  [
    'text_at',
    `# The text or number at a path in parsed JSON, as text; empty when there is none.
def text_at(value, path, kind = Object)
  path.each do |step|
    usable = step.is_a?(Integer) ? value.is_a?(Array) : value.is_a?(Hash)
    value = usable ? value[step] : nil
  end
  value.is_a?(kind) && !value.is_a?(Hash) && !value.is_a?(Array) ? value.to_s : ""
end`,
  ],
  [
    'decode_json',
    `# A part of a JSON Web Token.
def decode_json(part)
  found = JSON.parse(part.to_s.tr("-_", "+/").unpack1("m"))
  found.is_a?(Hash) ? found : {}
rescue JSON::ParserError
  raise Refused.new(400, "That is not a JSON Web Token.")
end`,
  ],
  [
    'parse_json',
    `def parse_json(text)
  JSON.parse(text)
rescue JSON::ParserError
  raise Refused.new(400, "That is not JSON.")
end`,
  ],
  [
    'compact_json',
    `# Drops blanks: the sender signs JSON without them. Nothing at all counts as {}.
def compact_json(body)
  body.empty? ? "{}" : body.b.gsub(/("(?:[^"\\\\]|\\\\.)*")|\\s+/n, '\\1')
end`,
  ],
]

const decoded = (text: string) => `${text}.unpack1("m")`
const keyExpressions: Record<KeyForm, string> = {
  utf8: 'secret',
  'utf8-nfkd': 'secret.unicode_normalize(:nfkd)',
  hex: '[secret].pack("H*")',
  base64: decoded('secret'),
  base64url: decoded('secret.tr("-_", "+/")'),
  'base64-after-whsec': decoded('secret.delete_prefix("whsec_")'),
  'base64-after-whsec-else-utf8': `secret.start_with?("whsec_") ? ${decoded('secret.delete_prefix("whsec_")')} : secret`,
  'base64-after-last-underscore': decoded('secret.rpartition("_").last'),
  'sha1-of-utf8': 'OpenSSL::Digest::SHA1.digest(secret)',
  'public-key': 'secret',
}

function keyFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  const forms = proof.keys.map((form) => keyExpressions[form])
  return forms.length === 1
    ? `# The bytes of the key.\ndef key_of(secret)\n  key = ${forms[0]}\n  raise ArgumentError, "The secret holds no key." if key.empty?\n\n  key\nend`
    : `# What the secret may stand for: each is tried.\ndef keys_of(secret)\n  [${forms.join(', ')}].reject(&:empty?)\nend`
}

function publicKeyFunctions({ proof, signature }: Plan): string {
  const decode = {
    base64: 'text.unpack1("m0")',
    base64url: 'text.tr("-_", "+/").unpack1("m")',
    hex: '[text].pack("H*")',
    'upper-hex': '[text].pack("H*")',
    text: 'text',
  }[signature.encoding]
  const digest =
    proof.kind === 'rsa'
      ? `"${proof.digest.toUpperCase()}"`
      : proof.kind === 'ecdsa'
        ? '"SHA256"'
        : 'nil'
  return lines(
    `# Reads a key in PEM${keyForms(proof.kind)} or DER in base64.`,
    'def public_key(text)',
    indent(
      lines(
        proof.kind === 'rsa' &&
          'return OpenSSL::X509::Certificate.new(text).public_key if text.include?("BEGIN CERTIFICATE")',
        'return OpenSSL::PKey.read(text) if text.start_with?("-----")',
        proof.kind === 'ed25519' &&
          lines(
            '',
            'text = JSON.parse(text)["x"] if text.start_with?("{")',
            'hex = text.match?(/\\A\\h{64}\\z/)',
            'raw = hex ? [text].pack("H*") : text.delete_prefix("whpk_").tr("-_", "+/").unpack1("m")',
            'raw = ["302a300506032b6570032100"].pack("H*") + raw if raw.bytesize == 32',
            'OpenSSL::PKey.read(raw)',
          ),
        proof.kind === 'ecdsa' &&
          lines(
            'if text.start_with?("{")',
            '  x, y = JSON.parse(text).values_at("x", "y").map { |half| half.tr("-_", "+/").unpack1("m") }',
            '  prefix = ["3059301306072a8648ce3d020106082a8648ce3d03010703420004"].pack("H*")',
            '  return OpenSSL::PKey.read(prefix + x + y)',
            'end',
          ),
        proof.kind !== 'ed25519' && 'OpenSSL::PKey.read(text.unpack1("m"))',
      ),
      2,
    ),
    'end\n',
    'def matches?(key, text, content)',
    (signature.encoding === 'hex' || signature.encoding === 'upper-hex') &&
      '  return false unless text.match?(/\\A\\h+\\z/)\n',
    `  data = ${decode}`,
    proof.kind === 'ecdsa' &&
      proof.signature === 'p1363' &&
      lines(
        '  return false unless data.bytesize == 64',
        '',
        '  halves = data.unpack("a32a32").map { |half| OpenSSL::ASN1::Integer(OpenSSL::BN.new(half, 2)) }',
        '  data = OpenSSL::ASN1::Sequence(halves).to_der',
      ),
    proof.kind === 'rsa' && proof.pss
      ? `  key.verify_pss(${digest}, data, content, salt_length: :auto, mgf1_hash: ${digest})`
      : `  key.verify(${digest}, data, content)`,
    'rescue ArgumentError, OpenSSL::PKey::PKeyError',
    '  false',
    'end',
  )
}

function secondsOf({ age }: Plan): string {
  return lines(
    '# Unix seconds.',
    'def seconds_of(timestamp)',
    age?.unit === 'any' &&
      '  if timestamp.match?(/\\A\\d{1,16}\\z/)\n    return timestamp.to_i / (timestamp.length > 11 ? 1000.0 : 1)\n  end\n',
    `  Time.${age?.unit === 'http-date' ? 'httpdate' : 'iso8601'}(timestamp).to_f`,
    'rescue ArgumentError',
    '  raise Refused.new(400, "The timestamp cannot be read.")',
    'end',
  )
}

/** The class and functions that the code calls. */
export function rubyHelpers(plan: Plan, code: string): string[] {
  const special = [
    ...(code.includes('seconds_of(') ? [secondsOf(plan)] : []),
    ...(/\bkeys?_of\(/.test(code) ? [keyFunction(plan)] : []),
    ...(code.includes('public_key(') ? [publicKeyFunctions(plan)] : []),
  ]
  const all = [code, ...special].join('\n')
  return [
    refused,
    ...helpers.filter(([name]) => all.includes(`${name}(`)).map(([, text]) => text),
    ...special,
  ]
}
