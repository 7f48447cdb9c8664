import { proven } from './words.ts'
import type { Age, Plan } from './plan.ts'
import { procedureCheck } from './python-procedures.ts'
import { indent, lines, quoted, snakeCase } from './text.ts'
import { refuse, textOf, signatures } from './python-reading.ts'
import { content, match, after } from './python-proof.ts'

/** The function that checks a request, in Python 3.9 or newer. */
export function verifyFunction(plan: Plan): string {
  const procedure = procedureCheck(plan)
  const parameters = ['headers', 'body', 'secrets', '*']
  if (plan.uses.method) parameters.push('method')
  if (plan.uses.url) parameters.push('url')
  return lines(
    `def verify(${[...parameters, 'now=None'].join(', ')}):`,
    indent(
      lines(
        `"""Raises Refused unless ${proven(plan)}."""`,
        'now = time.time() if now is None else now',
        requiredHeaders(plan),
        plan.uses.json && 'payload = parse_json(body)',
        plan.uses.form && 'form = parse_qs(body.decode(errors="replace"), keep_blank_values=True)',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'query = parse_qs(urlsplit(url).query, keep_blank_values=True)',
        procedure === null && signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          const value = optional ? text : `required(${text}, ${quoted(label)})`
          return `${snakeCase(name)} = ${value}`
        }),
        plan.age && freshness(plan.age),
        procedure ?? lines(content(plan), match(plan)),
        after(plan),
      ),
      4,
    ),
  )
}

function requiredHeaders({ requiredHeaders: headers }: Plan): string {
  return headers
    .map(({ name, value }) =>
      refuse(`headers.get(${quoted(name)}) != ${quoted(value)}`, 400, `${name} must be ${value}.`),
    )
    .join('\n')
}

/** Refuses what is too old or too new; `age` is in seconds. */
function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'int(now)' : 'now'
  const signedAt = {
    s: 'int(timestamp)',
    ms: 'int(timestamp) / 1000',
    's-or-ms': 'int(timestamp) / (1000 if len(timestamp) > 11 else 1)',
    iso8601: 'seconds_of(timestamp)',
    'iso8601-no-zone': 'seconds_of(timestamp + "Z")',
    'http-date': 'seconds_of(timestamp)',
    any: 'seconds_of(timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric &&
      refuse(
        'not re.fullmatch("[0-9]{1,16}", timestamp)',
        400,
        'The timestamp is not a whole number.',
      ),
    `age = ${clock} - ${signedAt}`,
    age.pastSeconds !== null &&
      refuse(`age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}
