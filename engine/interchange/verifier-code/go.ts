import { secretComment, proven } from './words.ts'
import type { Age, Plan } from './plan.ts'
import { indentTabs, lines, quoted, blocks } from './text.ts'
import { goHelpers, goImports } from './go-helpers.ts'
import { refuse, textOf, signatures } from './go-reading.ts'
import { content, match, after } from './go-proof.ts'

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
    `// verify returns nil only if ${proven(plan)}.`,
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

function seconds(count: number): string {
  return `${count}*time.Second`
}
