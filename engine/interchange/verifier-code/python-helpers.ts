import { keyFunction, publicKeyFunctions } from './python-keys.ts'
import type { Plan } from './plan.ts'
import { procedureHelpers } from './python-procedures.ts'
import { indent, lines } from './text.ts'

const refused = `class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status`

/** Functions that the check may call, in the order in which they are printed. */
const helpers: readonly (readonly [string, string])[] = [
  ...procedureHelpers,
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
