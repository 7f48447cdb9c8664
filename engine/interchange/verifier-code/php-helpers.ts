import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { indent, lines } from './text.ts'
import { keyForms } from './words.ts'

const refused = `/** Its code is the status to answer with. */
final class Refused extends RuntimeException
{
}`

const helpers: readonly (readonly [string, string])[] = [
  [
    'required',
    `function required(string $text, string $what): string
{
    if ($text === '') {
        throw new Refused("Missing: $what.", 400);
    }
    return $text;
}`,
  ],
  [
    'fieldOf',
    `/** The value of the first entry of that name. */
function fieldOf(array $entries, string $name): string
{
    foreach ($entries as [$found, $value]) {
        if ($found === $name) {
            return $value;
        }
    }
    return '';
}`,
  ],
  [
    'textOf',
    `/** A text or number in parsed JSON as text; empty when it is anything else. */
function textOf(mixed $value, ?string $type = null): string
{
    if ($type === 'string' && !is_string($value) || $type === 'number' && !is_int($value)) {
        return '';
    }
    return is_bool($value) ? var_export($value, true) : (is_scalar($value) ? (string) $value : '');
}`,
  ],
  [
    'formValues',
    `/** The first value of each name, names unchanged (parse_str would rewrite them). */
function formValues(string $text): array
{
    $values = [];
    foreach (explode('&', $text) as $pair) {
        [$name, $value] = array_map('urldecode', explode('=', $pair, 2) + ['', '']);
        $values[$name] ??= $value;
    }
    return $values;
}`,
  ],
  [
    'decodeJson',
    `/** A part of a JSON Web Token. */
function decodeJson(string $part): array
{
    $found = json_decode((string) base64_decode(strtr($part, '-_', '+/')), true);
    return is_array($found) ? $found : [];
}`,
  ],
  [
    'parseJson',
    `function parseJson(string $text): mixed
{
    try {
        return json_decode($text, true, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
    } catch (JsonException) {
        throw new Refused('That is not JSON.', 400);
    }
}`,
  ],
  [
    'compactJson',
    `/** Drops blanks: the sender signs JSON without them. Nothing at all counts as {}. */
function compactJson(string $body): string
{
    if ($body === '') {
        return '{}';
    }
    return preg_replace('/("(?:[^"\\\\\\\\]|\\\\\\\\.)*+")|\\s+/', '$1', $body) ?? $body;
}`,
  ],
]

const keyExpressions: Record<KeyForm, string> = {
  utf8: '$secret',
  'utf8-nfkd': '(string) Normalizer::normalize($secret, Normalizer::FORM_KD)',
  hex: "(string) pack('H*', $secret)",
  base64: '(string) base64_decode($secret)',
  base64url: "(string) base64_decode(strtr($secret, '-_', '+/'))",
  'base64-after-whsec': "(string) base64_decode(preg_replace('/^whsec_/', '', $secret))",
  'base64-after-whsec-else-utf8':
    "str_starts_with($secret, 'whsec_') ? (string) base64_decode(substr($secret, 6)) : $secret",
  'base64-after-last-underscore': "(string) base64_decode(preg_replace('/^.*_/', '', $secret))",
  'sha1-of-utf8': "hash('sha1', $secret, true)",
  'public-key': '$secret',
}

function keyFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  const forms = proof.keys.map((form) => keyExpressions[form])
  const several = forms.length > 1
  return lines(
    several
      ? '/** What the secret may stand for: each is tried. */'
      : '/** The bytes of the key. */',
    several ? 'function keysOf(string $secret): array' : 'function keyOf(string $secret): string',
    '{',
    several
      ? `    return array_filter([${forms.join(', ')}], fn (string $key): bool => $key !== '');`
      : lines(
          `    $key = ${forms[0]};`,
          "    return $key !== '' ? $key : throw new RuntimeException('The secret holds no key.');",
        ),
    '}',
  )
}

function publicKeyFunctions({ proof, signature }: Plan): string {
  const decode = {
    base64: 'base64_decode($signature, true)',
    base64url: "base64_decode(strtr($signature, '-_', '+/'), true)",
    hex: "preg_match('/^([0-9a-f]{2})+$/Di', $signature) ? hex2bin($signature) : false",
    'upper-hex': "preg_match('/^([0-9A-F]{2})+$/D', $signature) ? hex2bin($signature) : false",
    text: '$signature',
  }[signature.encoding]
  const start = lines(
    'function matches(string $publicKey, string $signature, string $content): bool',
    '{',
    `    $data = ${decode};`,
    `    if ($data === false${signature.encoding === 'base64' ? ' || base64_encode($data) !== $signature' : ''}) {`,
    '        return false;',
    '    }',
  )
  if (proof.kind === 'ed25519') {
    return lines(
      start,
      '    return strlen($data) === SODIUM_CRYPTO_SIGN_BYTES',
      '        && sodium_crypto_sign_verify_detached($data, $content, publicKey($publicKey));',
      '}\n',
      `/** The 32 bytes of a key in PEM${keyForms(proof.kind)} or DER in base64. */`,
      'function publicKey(string $text): string',
      '{',
      "    if (preg_match('/^[0-9a-f]{64}$/Di', $text)) {",
      '        return hex2bin($text);',
      '    }',
      "    $base64 = json_decode($text, true)['x'] ?? preg_replace('/-----[^-]+-----|\\s|^whpk_/', '', $text);",
      "    return substr((string) base64_decode(strtr($base64, '-_', '+/')), -SODIUM_CRYPTO_SIGN_PUBLICKEYBYTES);",
      '}',
    )
  }
  const digest =
    proof.kind === 'rsa' && proof.digest === 'sha1' ? 'OPENSSL_ALGO_SHA1' : 'OPENSSL_ALGO_SHA256'
  const p1363 = proof.kind === 'ecdsa' && proof.signature === 'p1363'
  return lines(
    start,
    p1363 &&
      lines(
        '    if (strlen($data) !== 64) {',
        '        return false;',
        '    }',
        '    $halves = array_map(derInteger(...), str_split($data, 32));',
        '    $data = "\\x30" . chr(strlen(implode($halves))) . implode($halves);',
      ),
    `    return openssl_verify($content, $data, publicKey($publicKey), ${digest}) === 1;`,
    '}\n',
    p1363 &&
      lines(
        'function derInteger(string $bytes): string',
        '{',
        '    $bytes = ltrim($bytes, "\\0");',
        '    $bytes = $bytes === \'\' || ord($bytes[0]) > 127 ? "\\0$bytes" : $bytes;',
        '    return "\\x02" . chr(strlen($bytes)) . $bytes;',
        '}\n',
      ),
    `/** Reads a key in PEM${keyForms(proof.kind)} or DER in base64. */`,
    'function publicKey(string $text): OpenSSLAsymmetricKey',
    '{',
    indent(
      lines(
        proof.kind === 'ecdsa' &&
          lines(
            "if (str_starts_with($text, '{')) {",
            "    ['x' => $x, 'y' => $y] = json_decode($text, true);",
            "    $point = base64_decode(strtr($x, '-_', '+/')) . base64_decode(strtr($y, '-_', '+/'));",
            "    $text = base64_encode(hex2bin('3059301306072a8648ce3d020106082a8648ce3d03010703420004') . $point);",
            '}',
          ),
        "if (!str_starts_with($text, '-----')) {",
        '    $text = "-----BEGIN PUBLIC KEY-----\\n" . chunk_split($text, 64) . "-----END PUBLIC KEY-----";',
        '}',
        'return openssl_pkey_get_public($text)',
        "    ?: throw new RuntimeException('The public key cannot be read.');",
      ),
      4,
    ),
    '}',
  )
}

function secondsOf({ age }: Plan): string {
  return lines(
    '/** Unix seconds. */',
    'function secondsOf(string $timestamp): float',
    '{',
    age?.unit === 'any' &&
      "    if (preg_match('/^\\d{1,16}$/D', $timestamp)) {\n        return (int) $timestamp / (strlen($timestamp) > 11 ? 1000 : 1);\n    }",
    age?.unit !== 'http-date' &&
      "    // PHP reads microseconds; some senders write more.\n    $timestamp = preg_replace('/(\\.\\d{6})\\d+/', '$1', $timestamp);",
    age?.unit !== 'http-date' &&
      "    if (!preg_match('/^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d\\d:?\\d\\d)$/D', $timestamp)) {\n        throw new Refused('The timestamp cannot be read.', 400);\n    }",
    '    $moment = date_create($timestamp);',
    '    if ($moment === false) {',
    "        throw new Refused('The timestamp cannot be read.', 400);",
    '    }',
    "    return (float) $moment->format('U.u');",
    '}',
  )
}

/** The class and functions that the code calls. */
export function phpHelpers(plan: Plan, code: string): string[] {
  return [
    refused,
    ...helpers.filter(([name]) => code.includes(`${name}(`)).map(([, text]) => text),
    ...(code.includes('secondsOf(') ? [secondsOf(plan)] : []),
    ...(/\bkeyOf\(|'keysOf'/.test(code) ? [keyFunction(plan)] : []),
    ...(code.includes('matches(') ? [publicKeyFunctions(plan)] : []),
  ]
}
