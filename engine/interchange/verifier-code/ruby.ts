import { secretComment, proven } from './words.ts'
import type { Age, Plan } from './plan.ts'
import { indent, lines, quoted, snakeCase, blocks } from './text.ts'
import { rubyHelpers } from './ruby-helpers.ts'
import { refuse, header, textOf, signatures } from './ruby-reading.ts'
import { content, match, after } from './ruby-proof.ts'

/** A Sinatra application; `verify` takes any Rack environment. */
export function ruby(plan: Plan): string {
  const check = verifyFunction(plan)
  const helpers = rubyHelpers(plan, check)
  const code = blocks(...helpers, check)
  const libraries = ['json', 'time', 'uri', 'zlib'].filter((name) =>
    new RegExp(
      { json: 'JSON\\.', time: 'Time\\.(?:iso8601|httpdate)', uri: 'URI', zlib: 'Zlib' }[name] ??
        name,
    ).test(code),
  )
  return `${blocks(
    `# Checks webhooks from ${plan.name}: ${plan.algorithm}.\n# ${plan.documentationUrl}`,
    lines(...[...libraries, 'openssl', 'sinatra'].sort().map((name) => `require "${name}"`)),
    lines(
      ...secretComment(plan).map((line) => `# ${line}`),
      `SECRETS = ENV.fetch(${quoted(plan.secretsVariable)}, "").split(${quoted(plan.separator)}).map(&:strip).reject(&:empty?)`,
      plan.uses.url &&
        '# Where the sender calls: a proxy or tunnel may have changed what arrives here.',
      plan.uses.url && 'PUBLIC_ORIGIN = ENV.fetch("PUBLIC_ORIGIN", "http://localhost:4567")',
    ),
    code,
    handler(plan),
  )}\n`
}

function handler({ id, uses }: Plan): string {
  const given = ['request.env', 'body', 'SECRETS']
  if (uses.method) given.push('method: request.request_method')
  if (uses.url) given.push('url: PUBLIC_ORIGIN + request.fullpath')
  return lines(
    `post "/webhooks/${id}" do`,
    '  body = request.body.read # the bytes as they came',
    '  begin',
    `    verify(${given.join(', ')})`,
    '  rescue Refused => refusal',
    '    halt refusal.status, refusal.message',
    '  end',
    '  # Genuine. What happened is in body.',
    '  status 200',
    'end',
  )
}

function verifyFunction(plan: Plan): string {
  const parameters = ['env', 'body', 'secrets']
  if (plan.uses.method) parameters.push('method:')
  if (plan.uses.url) parameters.push('url:')
  return lines(
    `# Raises Refused unless ${proven(plan)}.`,
    `def verify(${[...parameters, 'now: Time.now'].join(', ')})`,
    indent(
      lines(
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(`unless ${header(name)} == ${quoted(value)}`, 400, `${name} must be ${value}.`),
        ),
        plan.uses.json && 'payload = parse_json(body)',
        plan.uses.form && 'form = URI.decode_www_form(body).reverse.to_h',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'query = URI.decode_www_form(URI(url).query.to_s).reverse.to_h',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `${snakeCase(name)} = ${optional ? text : `required(${text}, ${quoted(label)})`}`
        }),
        plan.age && freshness(plan.age),
        content(plan),
        match(plan),
        after(plan),
      ),
      2,
    ),
    'end',
  )
}

function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'now.to_i' : 'now.to_f'
  const signedAt = {
    s: 'timestamp.to_i',
    ms: 'timestamp.to_i / 1000.0',
    's-or-ms': 'timestamp.to_i / (timestamp.length > 11 ? 1000.0 : 1)',
    iso8601: 'seconds_of(timestamp)',
    'iso8601-no-zone': 'seconds_of("#{timestamp}Z")',
    'http-date': 'seconds_of(timestamp)',
    any: 'seconds_of(timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric &&
      refuse(
        'unless timestamp.match?(/\\A\\d{1,16}\\z/)',
        400,
        'The timestamp is not a whole number.',
      ),
    `age = ${clock} - ${signedAt}`,
    age.pastSeconds !== null &&
      refuse(`if age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`if age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}
