import { secretComment, proven } from './words.ts'
import { phpHelpers } from './php-helpers.ts'
import type { Age, Plan } from './plan.ts'
import { indent, lines, blocks, singleQuoted } from './text.ts'
import { refuse, header, textOf, signatures } from './php-reading.ts'
import { content, match, after } from './php-proof.ts'

/** A script that is the endpoint itself. */
export function php(plan: Plan): string {
  const check = verifyFunction(plan)
  const given = ['$_SERVER', '$body', '$secrets']
  if (plan.uses.method) given.push("$_SERVER['REQUEST_METHOD']")
  if (plan.uses.url) given.push("getenv('PUBLIC_ORIGIN') . $_SERVER['REQUEST_URI']")
  return `${blocks(
    `<?php\n\n// Checks webhooks from ${plan.name}: ${plan.algorithm}.\n// ${plan.documentationUrl}`,
    'declare(strict_types=1);',
    ...phpHelpers(plan, check),
    check,
    lines(
      ...secretComment(plan).map((line) => `// ${line}`),
      `$secrets = array_filter(array_map('trim', explode(${singleQuoted(plan.separator)}, (string) getenv('${plan.secretsVariable}'))));`,
      "$body = (string) file_get_contents('php://input'); // the bytes as they came",
      plan.uses.url && '// PUBLIC_ORIGIN: where the sender calls, such as https://example.com.',
      'try {',
      `    verify(${given.join(', ')});`,
      '} catch (Refused $refusal) {',
      '    http_response_code($refusal->getCode());',
      '    exit($refusal->getMessage());',
      '}',
      '// Genuine. What happened is in $body.',
      'http_response_code(200);',
    ),
  )}\n`
}

function verifyFunction(plan: Plan): string {
  const parameters = ['array $server', 'string $body', 'array $secrets']
  if (plan.uses.method) parameters.push('string $method')
  if (plan.uses.url) parameters.push('string $url')
  return lines(
    `/** Throws Refused unless ${proven(plan)}. */`,
    `function verify(${[...parameters, '?float $now = null'].join(', ')}): void`,
    '{',
    indent(
      lines(
        '$now ??= microtime(true);',
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(`${header(name)} !== ${singleQuoted(value)}`, 400, `${name} must be ${value}.`),
        ),
        plan.uses.json && '$payload = parseJson($body);',
        plan.uses.form && '$form = formValues($body);',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          '$query = formValues((string) parse_url($url, PHP_URL_QUERY));',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `$${name} = ${optional ? text : `required(${text}, ${singleQuoted(label)})`};`
        }),
        plan.age && freshness(plan.age),
        content(plan),
        match(plan),
        after(plan),
      ),
      4,
    ),
    '}',
  )
}

function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'floor($now)' : '$now'
  const signedAt = {
    s: '(int) $timestamp',
    ms: '(int) $timestamp / 1000',
    's-or-ms': '(int) $timestamp / (strlen($timestamp) > 11 ? 1000 : 1)',
    iso8601: 'secondsOf($timestamp)',
    'iso8601-no-zone': "secondsOf($timestamp . 'Z')",
    'http-date': 'secondsOf($timestamp)',
    any: 'secondsOf($timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric &&
      refuse(
        "!preg_match('/^\\d{1,16}$/D', $timestamp)",
        400,
        'The timestamp is not a whole number.',
      ),
    `$age = ${clock} - ${signedAt};`,
    age.pastSeconds !== null &&
      refuse(`$age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`$age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}
