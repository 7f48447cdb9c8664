import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { indent, lines } from './text.ts'
import { keyForms } from './words.ts'

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

export function keyFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  const forms = proof.keys.map((form) => keyExpressions[form])
  if (forms.length === 1) {
    return lines(
      'def key_of(secret):',
      '    """The bytes of the key."""',
      `    key = ${forms[0]}`,
      '    if not key:',
      '        raise ValueError("The secret holds no key.")',
      '    return key',
    )
  }
  return lines(
    'def keys_of(secret):',
    '    """What the secret may stand for: each is tried."""',
    '    keys = []',
    ...forms.map((form) =>
      form.includes('b64decode') || form.includes('fromhex')
        ? `    try:\n        keys.append(${form})\n    except ValueError:\n        pass  # not written that way`
        : `    keys.append(${form})`,
    ),
    '    return [key for key in keys if key]',
  )
}

export function publicKeyFunctions({ proof, signature }: Plan): string {
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
