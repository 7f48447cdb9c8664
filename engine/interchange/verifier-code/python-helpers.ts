import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { indent, lines } from './text.ts'
import { keyForms } from './words.ts'

const refused = `class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status`

/** Functions that the check may call, in the order in which they are printed. */
const helpers: readonly (readonly [string, string])[] = [
  [
    'required',
    `def required(text, what):
    if not text:
        raise Refused(400, f"Missing: {what}.")
    return text`,
  ],
  [
    'text_at',
    `def text_at(value, path, kind=(str, int, float)):
    """The text or number at a path in parsed JSON, as text; empty when there is none."""
    try:
        for step in path:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return ""
    if not isinstance(value, kind):
        return ""
    return value if isinstance(value, str) else json.dumps(value)`,
  ],
  [
    'item_content',
    `def item_content(payload):
    """What Adyen signs: eight values of the first item, joined with colons."""
    item = ["notificationItems", 0, "NotificationRequestItem"]
    return ":".join(
        [
            text_at(payload, item + ["pspReference"]),
            text_at(payload, item + ["originalReference"]),
            text_at(payload, item + ["merchantAccountCode"]),
            text_at(payload, item + ["merchantReference"]),
            text_at(payload, item + ["amount", "value"]),
            text_at(payload, item + ["amount", "currency"]),
            text_at(payload, item + ["eventCode"]),
            text_at(payload, item + ["success"]),
        ]
    )`,
  ],
  [
    'sorted_form',
    `def sorted_form(body):
    """The form's names and values, sorted by name, with nothing between."""
    form = parse_qs(body.decode(), keep_blank_values=True)
    return "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))`,
  ],
  [
    'decode_json',
    `def decode_json(part):
    """A part of a JSON Web Token."""
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=="))
    except ValueError:
        raise Refused(400, "That is not a JSON Web Token.") from None
    return found if isinstance(found, dict) else {}`,
  ],
  [
    'parse_json',
    `def parse_json(text):
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(400, "That is not JSON.") from None`,
  ],
  [
    'compact_json',
    `class Number(float):
    """A number, written as JavaScript does."""

    def __repr__(self):
        digits, _, exponent = f"{float(self):.16e}".partition("e")
        digits, _, exponent = next(
            text
            for text in (f"{float(self):.{places}e}" for places in range(17))
            if float(text) == float(self)
        ).partition("e")
        power = int(exponent)
        sign = "-" if digits.startswith("-") and self != 0 else ""
        digits = digits.lstrip("-").replace(".", "")
        if -7 <= power < 0:
            return f"{sign}0.{'0' * (-power - 1)}{digits}"
        if 0 <= power < 21:
            whole = digits[: power + 1].ljust(power + 1, "0")
            return sign + whole + (f".{digits[power + 1:]}" if digits[power + 1 :] else "")
        fraction = f".{digits[1:]}" if digits[1:] else ""
        return f"{sign}{digits[0]}{fraction}e{'+' if power > 0 else ''}{power}"


def in_order(pairs):
    """Members as JavaScript keeps them: whole numbers first, in order."""
    index = re.compile("0|[1-9][0-9]{0,9}")
    members = dict(pairs)
    indexes = [key for key in members if index.fullmatch(key) and int(key) < 2**32 - 1]
    ordered = {key: members[key] for key in sorted(indexes, key=int)}
    return {**ordered, **members}


def written(value):
    """The value as JSON.stringify writes it."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{written(k)}:{written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, Number):
        return repr(value) if math.isfinite(value) else "null"
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\\ud800-\\udfff]", lambda found: f"\\\\u{ord(found[0]):04x}", text)


def compact_json(body):
    """The SDK signs JSON.stringify of the parsed body; nothing at all counts as {}."""
    try:
        value = json.loads(
            body or b"{}", parse_int=Number, parse_float=Number, object_pairs_hook=in_order
        )
    except ValueError:
        raise Refused(400, "That is not JSON.") from None
    return written(value).encode()`,
  ],
  [
    'equal',
    `def equal(a, b):
    """Compares in a time that does not tell where the texts differ."""
    return hmac.compare_digest(a.encode(), b.encode())`,
  ],
]

const whsec = 'base64.b64decode(secret.removeprefix("whsec_") + "==")'
const keyExpressions: Record<KeyForm, string> = {
  utf8: 'secret.encode()',
  'utf8-nfkd': 'unicodedata.normalize("NFKD", secret).encode()',
  hex: 'bytes.fromhex(secret)',
  base64: 'base64.b64decode(secret + "==")',
  base64url: 'base64.urlsafe_b64decode(secret + "==")',
  'base64-after-whsec': whsec,
  'base64-after-whsec-else-utf8': `${whsec} if secret.startswith("whsec_") else secret.encode()`,
  'base64-after-last-underscore': 'base64.b64decode(secret.rpartition("_")[2] + "==")',
  'sha1-of-utf8': 'hashlib.sha1(secret.encode()).digest()',
  'public-key': 'secret.encode()',
}

function keyFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  const forms = proof.keys.map((form) => keyExpressions[form])
  if (forms.length === 1) {
    return `def key_of(secret):\n    """The bytes of the key."""\n    return ${forms[0]}`
  }
  return lines(
    'def keys_of(secret):',
    '    """What the secret may stand for: each is tried."""',
    ...forms.map((form) =>
      form.includes('b64decode') || form.includes('fromhex')
        ? `    try:\n        yield ${form}\n    except ValueError:\n        pass  # not written that way`
        : `    yield ${form}`,
    ),
  )
}

function publicKeyFunctions({ proof, signature }: Plan): string {
  const decode = {
    base64: 'base64.b64decode(signature, validate=True)',
    base64url: 'base64.urlsafe_b64decode(signature + "==")',
    hex: 'bytes.fromhex(signature)',
    'upper-hex': 'bytes.fromhex(signature)',
    text: 'signature.encode()',
  }[signature.encoding]
  return lines(
    'def public_key(text):',
    indent(
      lines(
        `"""Reads a key in PEM${keyForms(proof.kind)} or DER in base64."""`,
        proof.kind === 'rsa' &&
          lines(
            'if "BEGIN CERTIFICATE" in text:',
            '    return x509.load_pem_x509_certificate(text.encode()).public_key()',
          ),
        'if text.startswith("-----"):\n    return serialization.load_pem_public_key(text.encode())',
        proof.kind === 'ecdsa' &&
          lines(
            'if text.startswith("{"):',
            '    x, y = (base64.urlsafe_b64decode(json.loads(text)[name] + "==") for name in "xy")',
            '    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\\x04" + x + y)',
          ),
        proof.kind === 'ed25519' &&
          lines(
            'if text.startswith("{"):',
            '    text = json.loads(text)["x"]',
            'if re.fullmatch("[0-9a-fA-F]{64}", text):',
            '    return ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))',
            'text = text.removeprefix("whpk_").replace("-", "+").replace("_", "/")',
            'raw = base64.b64decode(text + "==")',
            'if len(raw) == 32:',
            '    return ed25519.Ed25519PublicKey.from_public_bytes(raw)',
          ),
        'return serialization.load_der_public_key(base64.b64decode(text))',
      ),
      4,
    ),
    '\n\ndef matches(key, signature, content):',
    '    try:',
    `        data = ${decode}`,
    proof.kind === 'ecdsa' &&
      proof.signature === 'p1363' &&
      '        r, s = (int.from_bytes(half, "big") for half in (data[:32], data[32:]))\n        data = utils.encode_dss_signature(r, s)',
    `        key.verify(${verifyArguments(proof)})`,
    '    except (InvalidSignature, ValueError):',
    '        return False',
    '    return True',
  )
}

function verifyArguments(proof: Plan['proof']): string {
  if (proof.kind === 'ecdsa') return 'data, content, ec.ECDSA(hashes.SHA256())'
  if (proof.kind !== 'rsa') return 'data, content'
  const hash = `hashes.${proof.digest.toUpperCase()}()`
  return proof.pss
    ? `data, content, padding.PSS(padding.MGF1(${hash}), padding.PSS.AUTO), ${hash}`
    : `data, content, padding.PKCS1v15(), ${hash}`
}

function secondsOf({ age }: Plan): string {
  const zone = 'if moment.tzinfo is None:\n    raise ValueError'
  const read =
    age?.unit === 'http-date'
      ? 'moment = parsedate_to_datetime(timestamp)'
      : lines(
          'iso = re.sub(r"(\\.\\d{6})\\d+", r"\\1", timestamp).replace("Z", "+00:00")',
          'moment = datetime.fromisoformat(iso)',
          zone,
        )
  return lines(
    'def seconds_of(timestamp):',
    age?.unit === 'any' &&
      '    if re.fullmatch("[0-9]{1,16}", timestamp):\n        return int(timestamp) / (1000 if len(timestamp) > 11 else 1)',
    '    try:',
    indent(read, 8),
    '    except (TypeError, ValueError):',
    '        raise Refused(400, "The timestamp cannot be read.") from None',
    '    return moment.timestamp()',
  )
}

/** The class and functions that the code calls, those that they call among them. */
export function helpersFor(made: Plan, code: string): string[] {
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
  return [
    refused,
    ...helpers.filter(([name]) => wanted.has(name)).map(([, text]) => text),
    ...(code.includes('seconds_of(') ? [secondsOf(made)] : []),
    ...(/\bkeys?_of\(/.test(code) ? [keyFunction(made)] : []),
    ...(code.includes('public_key(') ? [publicKeyFunctions(made)] : []),
  ]
}

/** The imports that the code needs, those of the standard library first. */
export function pythonImports(code: string): string {
  const modules = [
    'base64',
    'hashlib',
    'hmac',
    'json',
    'math',
    'os',
    're',
    'time',
    'unicodedata',
    'zlib',
  ]
  const urls = ['parse_qs', 'urlsplit'].filter((name) => code.includes(`${name}(`))
  const crypto = ['ec', 'ed25519', 'padding', 'utils'].filter((name) =>
    new RegExp(`\\b${name}\\.[A-Za-z]`).test(code),
  )
  const primitives = ['hashes', 'serialization'].filter((name) => code.includes(`${name}.`))
  const asymmetric = crypto.length > 0 || primitives.length > 0
  return lines(
    ...modules
      .filter((name) => new RegExp(`(?<![\\w.])${name}\\.`).test(code))
      .map((name) => `import ${name}`),
    code.includes('datetime.') && 'from datetime import datetime',
    code.includes('parsedate_to_datetime(') && 'from email.utils import parsedate_to_datetime',
    urls.length > 0 && `from urllib.parse import ${urls.join(', ')}`,
    asymmetric &&
      lines(
        code.includes('x509.') && '\nfrom cryptography import x509',
        `${code.includes('x509.') ? '' : '\n'}from cryptography.exceptions import InvalidSignature`,
      ),
    primitives.length > 0 && `from cryptography.hazmat.primitives import ${primitives.join(', ')}`,
    crypto.length > 0 &&
      `from cryptography.hazmat.primitives.asymmetric import ${crypto.join(', ')}`,
  )
}
