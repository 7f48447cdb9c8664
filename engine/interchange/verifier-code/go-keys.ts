import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { lines } from './text.ts'
import { keyForms } from './words.ts'

const std = (text: string) => `base64.RawStdEncoding.DecodeString(strings.TrimRight(${text}, "="))`
const decoded: Partial<Record<KeyForm, string>> = {
  hex: 'hex.DecodeString(secret)',
  base64: std('secret'),
  base64url: 'base64.RawURLEncoding.DecodeString(strings.TrimRight(secret, "="))',
  'base64-after-whsec': std('strings.TrimPrefix(secret, "whsec_")'),
  'base64-after-last-underscore': std('secret[strings.LastIndex(secret, "_")+1:]'),
}
const direct: Partial<Record<KeyForm, string>> = {
  utf8: '[]byte(secret)',
  'utf8-nfkd': '[]byte(norm.NFKD.String(secret))',
  'public-key': '[]byte(secret)',
}

export function keysFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  const form = (key: KeyForm): string => {
    const bytes = direct[key]
    if (bytes) return `\tkeys = append(keys, ${bytes})`
    if (key === 'sha1-of-utf8') {
      return '\tsum := sha1.Sum([]byte(secret))\n\tkeys = append(keys, sum[:])'
    }
    if (key === 'base64-after-whsec-else-utf8') {
      return lines(
        '\tif !strings.HasPrefix(secret, "whsec_") {',
        '\t\treturn [][]byte{[]byte(secret)}',
        '\t}',
        form('base64-after-whsec'),
      )
    }
    return lines(
      `\tif key, err := ${decoded[key] ?? ''}; err == nil && len(key) > 0 {`,
      '\t\tkeys = append(keys, key)',
      '\t}',
    )
  }
  return lines(
    '// keysOf returns the bytes that the secret stands for; none when it is not written as it must be.',
    'func keysOf(secret string) (keys [][]byte) {',
    ...proof.keys.map(form),
    '\treturn keys',
    '}',
  )
}

export function matchesFunction({ proof, signature }: Plan): string {
  const decode =
    signature.encoding === 'base64'
      ? 'base64.StdEncoding.DecodeString(signature)'
      : signature.encoding === 'base64url'
        ? 'base64.RawURLEncoding.DecodeString(signature)'
        : 'hex.DecodeString(signature)'
  const type = proof.kind === 'rsa' ? '*rsa' : proof.kind === 'ecdsa' ? '*ecdsa' : 'ed25519'
  const digest = proof.kind === 'rsa' ? proof.digest : 'sha256'
  const sum = digest === 'sha1' ? 'sha1.Sum' : 'sha256.Sum256'
  return lines(
    'func matches(publicKey, signature string, content []byte) bool {',
    `\tdata, err := ${decode}`,
    `\tkey, ok := keyOf(publicKey).(${type}.PublicKey)`,
    '\tif err != nil || !ok {',
    '\t\treturn false',
    '\t}',
    proof.kind !== 'ed25519' && `\tsum := ${sum}(content)`,
    proof.kind === 'ed25519' && '\treturn ed25519.Verify(key, content, data)',
    proof.kind === 'rsa' &&
      `\treturn rsa.${proof.pss ? 'VerifyPSS' : 'VerifyPKCS1v15'}(key, crypto.${digest.toUpperCase()}, sum[:], data${proof.pss ? ', nil' : ''}) == nil`,
    proof.kind === 'ecdsa' &&
      proof.signature === 'der' &&
      '\treturn ecdsa.VerifyASN1(key, sum[:], data)',
    proof.kind === 'ecdsa' &&
      proof.signature === 'p1363' &&
      lines(
        '\tif len(data) != 64 {',
        '\t\treturn false',
        '\t}',
        '\tr, s := new(big.Int).SetBytes(data[:32]), new(big.Int).SetBytes(data[32:])',
        '\treturn ecdsa.Verify(key, sum[:], r, s)',
      ),
    '}\n',
    `// keyOf reads a key in PEM${keyForms(proof.kind)} or DER in base64; nil when it is none.`,
    'func keyOf(text string) any {',
    '\tif block, _ := pem.Decode([]byte(text)); block != nil {',
    proof.kind === 'rsa' &&
      '\t\tif certificate, err := x509.ParseCertificate(block.Bytes); err == nil {\n\t\t\treturn certificate.PublicKey\n\t\t}',
    '\t\tkey, _ := x509.ParsePKIXPublicKey(block.Bytes)',
    '\t\treturn key',
    '\t}',
    proof.kind === 'ed25519' &&
      lines(
        '\tif jwk, err := parseJSON([]byte(text)); err == nil && textAt(jwk, "x") != "" {',
        '\t\ttext = textAt(jwk, "x")',
        '\t}',
        '\tif raw, err := hex.DecodeString(text); err == nil && len(raw) == ed25519.PublicKeySize {',
        '\t\treturn ed25519.PublicKey(raw)',
        '\t}',
        '\ttext = strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(strings.TrimPrefix(text, "whpk_"))',
        '\traw, err := base64.RawStdEncoding.DecodeString(text)',
        '\tif err == nil && len(raw) == ed25519.PublicKeySize {',
        '\t\treturn ed25519.PublicKey(raw)',
        '\t}',
      ),
    proof.kind === 'ecdsa' &&
      lines(
        '\tif jwk, err := parseJSON([]byte(text)); err == nil {',
        '\t\tx, _ := base64.RawURLEncoding.DecodeString(textAt(jwk, "x"))',
        '\t\ty, _ := base64.RawURLEncoding.DecodeString(textAt(jwk, "y"))',
        '\t\treturn &ecdsa.PublicKey{Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}',
        '\t}',
      ),
    '\tder, _ := base64.StdEncoding.DecodeString(text)',
    '\tkey, _ := x509.ParsePKIXPublicKey(der)',
    '\treturn key',
    '}',
  )
}
