import { keysFunction, matchesFunction } from './go-keys.ts'
import type { Plan } from './plan.ts'

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
