import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { lines } from './text.ts'
import { keyForms } from './words.ts'

const helpers: readonly (readonly [string, string])[] = [
  [
    'firstOf',
    `// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}`,
  ],
  [
    'firstPresent',
    `// firstPresent returns the first name that the header has.
func firstPresent(header http.Header, names ...string) string {
	for _, name := range names {
		if header.Get(name) != "" {
			return name
		}
	}
	return names[0]
}`,
  ],
  [
    'numberAt',
    `// numberAt returns the number of that name in parsed JSON, "" when there is none.
func numberAt(value any, name string) string {
	object, _ := value.(map[string]any)
	number, _ := object[name].(json.Number)
	return number.String()
}`,
  ],
  [
    'textAt',
    `// textAt returns the text or number at a path in parsed JSON, "" when there is none.
func textAt(value any, path ...any) string {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			value = object[step]
		case int:
			list, _ := value.([]any)
			if step >= len(list) {
				return ""
			}
			value = list[step]
		}
	}
	switch found := value.(type) {
	case string:
		return found
	case json.Number:
		return found.String()
	case bool:
		return strconv.FormatBool(found)
	}
	return ""
}`,
  ],
  [
    'decodeJSON',
    `// decodeJSON reads a part of a JSON Web Token; nil when it is none.
func decodeJSON(part string) any {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return nil
	}
	value, _ := parseJSON(text)
	return value
}`,
  ],
  [
    'parseJSON',
    `func parseJSON(text []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}`,
  ],
  [
    'compactJSON',
    `// compactJSON drops blanks: the sender signs JSON without them. Nothing at all counts as {}.
func compactJSON(body []byte) string {
	var compact bytes.Buffer
	if len(body) == 0 {
		return "{}"
	}
	if json.Compact(&compact, body) != nil {
		return string(body)
	}
	return compact.String()
}`,
  ],
  [
    'sha256Hex',
    `func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}`,
  ],
  [
    'timeOf',
    `// timeOf reads seconds, milliseconds or RFC 3339.
func timeOf(timestamp string) (time.Time, error) {
	number, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return time.Parse(time.RFC3339, timestamp)
	}
	if len(timestamp) > 11 {
		return time.UnixMilli(number), nil
	}
	return time.Unix(number, 0), nil
}`,
  ],
]

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

function keysFunction({ proof }: Plan): string {
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
      `\tif key, err := ${decoded[key] ?? ''}; err == nil {`,
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

function matchesFunction({ proof, signature }: Plan): string {
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

/** The functions that the code calls. */
export function goHelpers(plan: Plan, code: string): string[] {
  const special = [
    ...(code.includes('keysOf(') ? [keysFunction(plan)] : []),
    ...(code.includes('matches(') ? [matchesFunction(plan)] : []),
  ]
  let all = [code, ...special].join('\n')
  const wanted = new Set<string>()
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size
    for (const [name, text] of helpers) {
      if (wanted.has(name) || !all.includes(`${name}(`)) continue
      wanted.add(name)
      all += text
    }
  }
  return [...special, ...helpers.filter(([name]) => wanted.has(name)).map(([, text]) => text)]
}

const packages: readonly (readonly [string, string])[] = [
  ['bytes', 'bytes'],
  ['crypto', 'crypto'],
  ['ecdsa', 'crypto/ecdsa'],
  ['ed25519', 'crypto/ed25519'],
  ['elliptic', 'crypto/elliptic'],
  ['hmac', 'crypto/hmac'],
  ['rsa', 'crypto/rsa'],
  ['sha1', 'crypto/sha1'],
  ['sha256', 'crypto/sha256'],
  ['sha512', 'crypto/sha512'],
  ['x509', 'crypto/x509'],
  ['base64', 'encoding/base64'],
  ['hex', 'encoding/hex'],
  ['json', 'encoding/json'],
  ['pem', 'encoding/pem'],
  ['crc32', 'hash/crc32'],
  ['io', 'io'],
  ['log', 'log'],
  ['big', 'math/big'],
  ['http', 'net/http'],
  ['urls', 'net/url'],
  ['os', 'os'],
  ['strconv', 'strconv'],
  ['strings', 'strings'],
  ['time', 'time'],
]

/** The import block, in the order of gofmt. */
export function goImports(code: string): string {
  const found = packages
    .filter(([name]) => new RegExp(`(?<![\\w."])${name}\\.[A-Z]`).test(code))
    .map(([name, path]) => `\t${name === 'urls' ? 'urls ' : ''}"${path}"`)
  const norm = code.includes('norm.NFKD') ? ['', '\t"golang.org/x/text/unicode/norm"'] : []
  return `import (\n${[...found, ...norm].join('\n')}\n)`
}
