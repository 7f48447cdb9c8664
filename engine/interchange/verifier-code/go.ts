import { goHelpers, goImports } from './go-helpers.ts'
import type { Age, Part, Plan, Proof, Source } from './plan.ts'
import { blocks, lines, quoted } from './text.ts'
import { mismatch, secretComment } from './words.ts'

/** A program for net/http. */
export function go(plan: Plan): string {
  const check = verifyFunction(plan)
  const helpers = goHelpers(plan, check)
  const code = blocks(handler(plan), check, ...helpers)
  return `${blocks(
    `// Package main checks webhooks from ${plan.name}: ${plan.algorithm}.\n// ${plan.documentationUrl}\npackage main`,
    goImports(`${code}\nos.Getenv strings.Split`),
    lines(
      ...secretComment(plan).map((line) => `// ${line}`),
      `var secrets = secretsOf(os.Getenv(${quoted(plan.secretsVariable)}))`,
    ),
    plan.uses.url &&
      '// Where the sender calls: a proxy or tunnel may have changed what arrives here.\nvar publicOrigin = os.Getenv("PUBLIC_ORIGIN")',
    code,
  )}\n`
}

function handler({ id, uses, separator }: Plan): string {
  const given = ['r.Header', 'body', 'secrets', 'time.Now()']
  if (uses.method) given.push('r.Method')
  if (uses.url) given.push('publicOrigin+r.URL.RequestURI()')
  return `func main() {
	http.HandleFunc("/webhooks/${id}", webhook)
	log.Fatal(http.ListenAndServe(":3000", nil))
}

func webhook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 5<<20))
	if err != nil {
		http.Error(w, "The body cannot be read.", http.StatusBadRequest)
		return
	}
	if refusal := verify(${given.join(', ')}); refusal != nil {
		http.Error(w, refusal.message, refusal.status)
		return
	}
	// Genuine. What happened is in body.
	w.WriteHeader(http.StatusOK)
}

// refused says why a request is not genuine, and what to answer.
type refused struct {
	status  int
	message string
}

func secretsOf(text string) []string {
	var found []string
	for _, secret := range strings.Split(text, ${quoted(separator)}) {
		if secret = strings.TrimSpace(secret); secret != "" {
			found = append(found, secret)
		}
	}
	return found
}`
}

function verifyFunction(plan: Plan): string {
  const parameters = ['header http.Header', 'body []byte', 'secrets []string', 'now time.Time']
  if (plan.uses.method) parameters.push('method string')
  if (plan.uses.url) parameters.push('url string')
  return lines(
    `// verify returns nil only if ${plan.name} sent this and it is fresh.`,
    `func verify(${parameters.join(', ')}) *refused {`,
    indentTabs(
      lines(
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(
            `header.Get(${quoted(name)}) != ${quoted(value)}`,
            400,
            `${name} must be ${value}.`,
          ),
        ),
        plan.uses.json &&
          lines('payload, err := parseJSON(body)', refuse('err != nil', 400, 'That is not JSON.')),
        plan.uses.form && 'form, _ := urls.ParseQuery(string(body))',
        plan.uses.query &&
          lines('parsed, err := urls.Parse(url)', refuse('err != nil', 400, 'That is no URL.')),
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) =>
          lines(
            `${name} := ${textOf(source)}`,
            !optional && refuse(`${name} == ""`, 400, `Missing: ${label}.`),
          ),
        ),
        plan.age && freshness(plan.age),
        content(plan),
        match(plan),
        after(plan),
        'return nil',
      ),
    ),
    '}',
  )
}

function indentTabs(text: string): string {
  return text.replace(/^(?=.)/gm, '\t')
}

function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if ${condition} {\n\treturn &refused{${status}, ${quoted(why)}}\n}`
}

function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return source.names.length === 1
        ? `header.Get(${quoted(source.names[0] ?? '')})`
        : `firstOf(${source.names.map((name) => `header.Get(${quoted(name)})`).join(', ')})`
    case 'field':
      return `fields[${quoted(source.name)}]`
    case 'json':
      return `${source.type === 'number' && source.path.length === 1 ? 'numberAt' : 'textAt'}(payload${source.path.map((step) => `, ${JSON.stringify(step)}`).join('')})`
    case 'form':
      return `form.Get(${quoted(source.name)})`
    case 'query':
      return `parsed.Query().Get(${quoted(source.name)})`
    case 'setting':
      return `os.Getenv(${quoted(source.variable)})`
    case 'joined':
      return source.parts.map(textOf).join(` + ${quoted(source.joint)} + `)
    case 'path':
      return 'parsed.EscapedPath()'
    default:
      return source.kind
  }
}

function signatures(plan: Plan): string {
  const { signature, token, uses } = plan
  const { split, source, further } = signature
  const names = source.kind === 'header' ? [...source.names, ...further] : []
  const several = split !== null || signature.repeatable
  const one =
    source.kind === 'header' && several
      ? `strings.Join(header.Values(firstPresent(header, ${source.names.map(quoted).join(', ')})), ", ")`.replace(
          /firstPresent\(header, ("[^"]*")\)/,
          '$1',
        )
      : textOf(source)
  const missing = (name: string) => refuse(`${name} == ""`, 400, `Missing: ${signature.label}.`)
  if (token) {
    const bare =
      signature.prefix === '' ? 'token' : `strings.TrimPrefix(token, ${quoted(signature.prefix)})`
    return lines(
      `token := ${one}`,
      signature.prefix === ''
        ? missing('token')
        : refuse(
            `!strings.HasPrefix(token, ${quoted(signature.prefix)})`,
            400,
            `Missing: ${signature.label}.`,
          ),
      `parts := strings.Split(${bare}, ".")`,
      refuse('len(parts) != 3', 400, 'That is not a JSON Web Token.'),
      'head, claims := decodeJSON(parts[0]), decodeJSON(parts[1])',
      refuse(
        `textAt(head, "alg") != ${quoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      'signatures := parts[2:]',
    )
  }
  if (further.length > 0) {
    return lines(
      'var signatures []string',
      `for _, name := range []string{${names.map(quoted).join(', ')}} {`,
      '\tsignatures = append(signatures, header.Values(name)...)',
      '}',
      refuse('len(signatures) == 0', 400, `Missing: ${signature.label}.`),
    )
  }
  if (!split && signature.repeatable && source.kind === 'header') {
    return lines(
      `received := ${one}`,
      missing('received'),
      'signatures := strings.Split(received, ", ")',
    )
  }
  if (!split)
    return lines(`signature := ${one}`, missing('signature'), 'signatures := []string{signature}')
  const joined = split.list === ' ' ? `strings.ReplaceAll(${one}, ", ", " ")` : one
  const loop = (body: string) =>
    lines(
      `received := ${joined}`,
      missing('received'),
      uses.fields && 'fields := map[string]string{}',
      'var signatures []string',
      `for ${split.positions.length > 0 ? 'position' : '_'}, entry := range strings.Split(received, ${quoted(split.list)}) {`,
      split.trim && '\tentry = strings.TrimSpace(entry)',
      indentTabs(body),
      '}',
    )
  if (split.pair === null) {
    const keep = 'signatures = append(signatures, entry)'
    return loop(
      split.positions.length === 0
        ? keep
        : lines(
            `if position < ${split.positions.length} {`,
            uses.fields
              ? `\tfields[[]string{${split.positions.map(quoted).join(', ')}}[position]] = entry`
              : '\tcontinue',
            '} else {',
            `\t${keep}`,
            '}',
          ),
    )
  }
  const keepField = plan.reads.some((read) => read.source.kind === 'field' && read.source.last)
    ? 'fields[name] = value'
    : lines('if _, seen := fields[name]; !seen {', '\tfields[name] = value', '}')
  return loop(
    lines(
      `name, value, ${split.bare ? 'paired' : '_'} := strings.Cut(entry, ${quoted(split.pair)})`,
      split.bare &&
        lines('if !paired {', '\tsignatures = append(signatures, entry)', '\tcontinue', '}'),
      split.version !== null &&
        lines(
          `if name == ${quoted(split.version)} {`,
          '\tsignatures = append(signatures, value)',
          '}',
        ),
      uses.fields ? keepField : split.bare && split.version === null && '_, _ = name, value',
    ),
  )
}

function freshness(age: Age): string {
  const unreadable = refuse('err != nil', 400, 'The timestamp cannot be read.')
  const parsed = {
    s: 'seconds, err := strconv.ParseInt(timestamp, 10, 64)',
    ms: 'milliseconds, err := strconv.ParseInt(timestamp, 10, 64)',
    's-or-ms': 'signedAt, err := timeOf(timestamp)',
    iso8601: 'signedAt, err := time.Parse(time.RFC3339, timestamp)',
    'iso8601-no-zone': 'signedAt, err := time.Parse("2006-01-02T15:04:05", timestamp)',
    'http-date': 'signedAt, err := http.ParseTime(timestamp)',
    any: 'signedAt, err := timeOf(timestamp)',
  }[age.unit]
  const clock = age.wholeSeconds ? 'now.Truncate(time.Second)' : 'now'
  const signedAt =
    age.unit === 's'
      ? 'time.Unix(seconds, 0)'
      : age.unit === 'ms'
        ? 'time.UnixMilli(milliseconds)'
        : 'signedAt'
  const seconds = (count: number) => `${count}*time.Second`
  return lines(
    parsed,
    unreadable,
    `age := ${clock}.Sub(${signedAt})`,
    age.pastSeconds !== null &&
      refuse(`age > ${seconds(age.pastSeconds)}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(
        age.futureSeconds === 0 ? 'age < 0' : `age < ${seconds(-age.futureSeconds)}`,
        401,
        'The timestamp lies in the future.',
      ),
  )
}

function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.token) return 'content := []byte(parts[0] + "." + parts[1])'
  return secretInContent(plan) ? null : `content := ${bytesOf(plan.content)}`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

function bytesOf(parts: readonly Part[]): string {
  if (parts.length === 1 && parts[0]?.kind === 'body' && parts[0].as === 'raw') return 'body'
  return `[]byte(${parts.map(textOfPart).join(' + ')})`
}

function textOfPart(part: Part): string {
  if (part.kind === 'literal') return quoted(part.text)
  if (part.kind === 'variable') return part.name
  if (part.kind === 'secret') return 'secret'
  const forms = {
    raw: 'string(body)',
    'compact-json': 'compactJSON(body)',
    'sha256-hex': 'sha256Hex(body)',
    crc32: 'strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10)',
    'json-string': 'string(body)',
  }
  return forms[part.as]
}

function match(plan: Plan): string {
  const { proof, signature } = plan
  const refusal = refuse('!genuine', 401, mismatch(proof))
  if (proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa') {
    return lines(
      'genuine := false',
      'for _, secret := range secrets {',
      '\tfor _, signature := range signatures {',
      '\t\tgenuine = genuine || matches(secret, signature, content)',
      '\t}',
      '}',
      refusal,
    )
  }
  const keyed = proof.kind === 'hmac' && proof.keys.some((form) => form !== 'utf8')
  const prefix = signature.prefix !== '' && !plan.token ? `${quoted(signature.prefix)} + ` : ''
  const inner = lines(
    secretInContent(plan) && `content := ${bytesOf(plan.content)}`,
    proof.kind === 'hmac' &&
      lines(
        `mac := hmac.New(${proof.digest === 'sha384' ? 'sha512.New384' : `${proof.digest}.New`}, ${keyed ? 'key' : keyText(proof)})`,
        'mac.Write(content)',
      ),
    proof.kind === 'digest' && `sum := ${sumOf(proof.digest)}(content)`,
    `expected := ${prefix}${expected(plan, proof)}`,
    'for _, signature := range signatures {',
    '\tgenuine = genuine || hmac.Equal([]byte(signature), []byte(expected))',
    '}',
  )
  return lines(
    'genuine := false',
    'for _, secret := range secrets {',
    keyed
      ? lines(
          `\tfor _, key := range keysOf(${proof.keyText ? proof.keyText.map(textOfPart).join(' + ') : 'secret'}) {`,
          indentTabs(indentTabs(inner)),
          '\t}',
        )
      : indentTabs(inner),
    '}',
    refusal,
  )
}

function keyText(proof: Extract<Proof, { kind: 'hmac' }>): string {
  return proof.keyText ? `[]byte(${proof.keyText.map(textOfPart).join('+')})` : '[]byte(secret)'
}

export function sumOf(digest: string): string {
  if (digest === 'sha1') return 'sha1.Sum'
  return digest === 'sha384' ? 'sha512.Sum384' : `${digest}.Sum${digest.slice(3)}`
}

function expected(plan: Plan, proof: Proof): string {
  if (proof.kind === 'token') return 'secret'
  if (proof.kind === 'basic') {
    return `${plan.signature.prefix === '' ? '"Basic " + ' : ''}base64.StdEncoding.EncodeToString([]byte(secret))`
  }
  const bytes = proof.kind === 'digest' ? 'sum[:]' : 'mac.Sum(nil)'
  return encoded(bytes, plan.signature.encoding)
}

function encoded(bytes: string, encoding: Plan['signature']['encoding']): string {
  if (encoding === 'base64') return `base64.StdEncoding.EncodeToString(${bytes})`
  if (encoding === 'base64url') return `base64.RawURLEncoding.EncodeToString(${bytes})`
  const hex = `hex.EncodeToString(${bytes})`
  return encoding === 'upper-hex' ? `strings.ToUpper(${hex})` : hex
}

function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const equal = (a: string, b: string) => `!hmac.Equal([]byte(${a}), []byte(${b}))`
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const text = [
      prefix && quoted(prefix),
      encoded('bodySum[:]', encoding),
      suffix && quoted(suffix),
    ]
    checks.push(
      `bodySum := ${sumOf(digest)}(body)`,
      refuse(
        equal(name, text.filter((part) => part).join(' + ')),
        401,
        'The digest of the body does not match.',
      ),
    )
  }
  if (!token) return checks.join('\n')
  if (token.issuer) {
    const wanted = 'text' in token.issuer ? quoted(token.issuer.text) : token.issuer.variable
    checks.push(refuse(`textAt(claims, "iss") != ${wanted}`, 401, 'The token has another issuer.'))
  }
  if (token.subjectIsUrl)
    checks.push(refuse('textAt(claims, "sub") != url', 401, 'The token is for another URL.'))
  if (token.body) {
    const said = `textAt(claims, ${quoted(token.body.claim)})`
    const bare = token.body.encoding === 'base64url' ? `strings.TrimRight(${said}, "=")` : said
    checks.push(
      'bodySum := sha256.Sum256(body)',
      refuse(
        equal(bare, encoded('bodySum[:]', token.body.encoding)),
        401,
        'The token is for another body.',
      ),
    )
  }
  if (token.urlHashClaim) {
    checks.push(
      refuse(
        equal(`textAt(claims, ${quoted(token.urlHashClaim)})`, 'sha256Hex([]byte(url))'),
        401,
        'The token is for another URL.',
      ),
    )
  }
  const { pastSeconds: past, futureSeconds: future } = token
  if (token.times === 'exp-nbf') {
    checks.push(
      'expiry, err := strconv.ParseFloat(textAt(claims, "exp"), 64)',
      refuse(
        `err == nil && float64(now.Unix()${past ? `-${past}` : ''}) >= expiry`,
        401,
        'The token has expired.',
      ),
      'start, err := strconv.ParseFloat(textAt(claims, "nbf"), 64)',
      refuse(
        `err == nil && float64(now.Unix()${future ? `+${future}` : ''}) < start`,
        401,
        'The token is not valid yet.',
      ),
    )
  } else {
    checks.push(
      'issuedAt, err := strconv.ParseFloat(textAt(claims, "iat"), 64)',
      refuse('err != nil', 400, 'The token does not say when it was made.'),
    )
    const age = 'float64(now.Unix())-issuedAt'
    if (past !== null) checks.push(refuse(`${age} > ${past}`, 401, 'The token is too old.'))
    if (future !== null) checks.push(refuse(`${age} < ${-future}`, 401, 'The token is too new.'))
    if (past === null && future === null) checks.push('_ = issuedAt')
  }
  return checks.join('\n')
}
