import { secretComment, proven } from './words.ts'
import type { Age, Plan } from './plan.ts'
import { indent, lines, quoted, blocks } from './text.ts'
import { className } from './words.ts'
import { javaHelpers, javaImports } from './java-helpers.ts'
import { refuse, textOf, signatures } from './java-reading.ts'
import { content, match, after } from './java-proof.ts'

/** A Spring controller. */
export function java(plan: Plan): string {
  const check = verifyFunction(plan)
  const helpers = javaHelpers(plan, check)
  const name = className(plan.id)
  const members = blocks(
    lines(
      ...secretComment(plan).map((line) => `// ${line}`),
      `private static final List<String> SECRETS = secretsOf(System.getenv().getOrDefault(${quoted(plan.secretsVariable)}, ""));`,
    ),
    plan.uses.url &&
      lines(
        '// Where the sender calls: a proxy or tunnel may have changed what arrives here.',
        'private static final String PUBLIC_ORIGIN = System.getenv().getOrDefault("PUBLIC_ORIGIN", "http://localhost:8080");',
      ),
    handler(plan),
    check,
    ...helpers,
  )
  return `${blocks(
    `// Checks webhooks from ${plan.name}: ${plan.algorithm}.\n// ${plan.documentationUrl}`,
    javaImports(members),
    `@RestController\nclass ${name} {\n${indent(members, 4)}\n}`,
  )}\n`
}

function handler({ id, uses, separator }: Plan): string {
  const given = [
    'name -> String.join(", ", Collections.list(request.getHeaders(name)))',
    'body',
    'SECRETS',
    'Instant.now()',
  ]
  if (uses.method) given.push('request.getMethod()')
  if (uses.url) given.push('PUBLIC_ORIGIN + target')
  const mapping = uses.compactJson ? 'RequestMapping' : 'PostMapping'
  return `@${mapping}("/webhooks/${id}")
ResponseEntity<String> receive(HttpServletRequest request) throws Exception {
    byte[] body = request.getInputStream().readAllBytes(); // the bytes as they came
${uses.url ? '    String query = request.getQueryString();\n    String target = request.getRequestURI() + (query == null ? "" : "?" + query);\n' : ''}    try {
        verify(${given.join(', ')});
    } catch (Refused refusal) {
        return ResponseEntity.status(refusal.status).body(refusal.getMessage());
    }
    // Genuine. What happened is in body.
    return ResponseEntity.ok().build();
}

static List<String> secretsOf(String text) {
    return Arrays.stream(text.split(${quoted(separator)})).map(String::strip).filter(secret -> !secret.isEmpty()).toList();
}`
}

function verifyFunction(plan: Plan): string {
  const parameters = [
    'UnaryOperator<String> header',
    'byte[] body',
    'List<String> secrets',
    'Instant now',
  ]
  if (plan.uses.method) parameters.push('String method')
  if (plan.uses.url) parameters.push('String url')
  return lines(
    `/** Throws Refused unless ${proven(plan)}; \`header\` gives "" for what is absent. */`,
    `static void verify(${parameters.join(', ')}) throws Exception {`,
    indent(
      lines(
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(
            `!header.apply(${quoted(name)}).equals(${quoted(value)})`,
            400,
            `${name} must be ${value}.`,
          ),
        ),
        plan.uses.json && 'JsonNode payload = parseJson(body);',
        plan.uses.form && 'Map<String, String> form = formValues(new String(body, UTF_8));',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'Map<String, String> query = formValues(URI.create(url).getRawQuery());',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `String ${name} = ${optional ? text : `required(${text}, ${quoted(label)})`};`
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
  const signedAt = {
    s: 'secondsOf(timestamp)',
    ms: 'secondsOf(timestamp) / 1000',
    's-or-ms': 'secondsOf(timestamp) / (timestamp.length() > 11 ? 1000 : 1)',
    iso8601: 'secondsOf(timestamp)',
    'iso8601-no-zone': 'secondsOf(timestamp + "Z")',
    'http-date': 'secondsOf(timestamp)',
    any: 'secondsOf(timestamp)',
  }[age.unit]
  const clock = age.wholeSeconds ? 'now.getEpochSecond()' : 'now.toEpochMilli() / 1000.0'
  return lines(
    `double age = ${clock} - ${signedAt};`,
    age.pastSeconds !== null &&
      refuse(`age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}
