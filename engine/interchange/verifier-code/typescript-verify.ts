import { proven } from './words.ts'
import type { Age, Plan } from './plan.ts'
import { procedureCheck } from './typescript-procedures.ts'
import { indent, lines, quoted } from './text.ts'
import { refuse, textOf, signatures } from './typescript-reading.ts'
import { content, match, after } from './typescript-proof.ts'

/** The function that checks a request, in TypeScript for Node's crypto. */
export function verifyFunction(plan: Plan): string {
  const procedure = procedureCheck(plan)
  const fields = ['headers: Record<string, string | string[] | undefined>;', 'body: Buffer;']
  if (plan.uses.method) fields.push('method: string;')
  if (plan.uses.url) fields.push('/** The whole URL, as the sender called it. */\nurl: string;')
  return lines(
    `interface Delivery {\n${indent(fields.join('\n'), 2)}\n}\n`,
    `/** Throws \`Refused\` unless ${proven(plan)}. */`,
    'function verify(delivery: Delivery, secrets: string[], now = Date.now()): void {',
    indent(
      lines(
        `const { ${['headers', 'body', plan.uses.method && 'method', plan.uses.url && 'url']
          .filter((name) => name)
          .join(', ')} } = delivery;`,
        requiredHeaders(plan),
        plan.uses.json && 'const payload = parseJson(body);',
        plan.uses.form && 'const form = new URLSearchParams(body.toString());',
        plan.uses.query && 'const { pathname, searchParams } = new URL(url, "http://localhost");',
        procedure === null && signatures(plan),
        ...plan.reads.map(
          ({ name, source, label, optional }) =>
            `const ${name} = ${optional ? textOf(source) : `required(${textOf(source)}, ${quoted(label)})`};`,
        ),
        plan.age && freshness(plan.age),
        procedure ?? lines(content(plan), match(plan)),
        after(plan),
      ),
      2,
    ),
    '}',
  ).replace(/const \{ pathname, searchParams \}/, () => urlParts(plan))
}

function urlParts({ reads }: Plan): string {
  const names = [
    reads.some(({ source }) => source.kind === 'path') && 'pathname',
    JSON.stringify(reads).includes('"kind":"query"') && 'searchParams',
  ]
  return `const { ${names.filter((name) => name).join(', ')} }`
}

function requiredHeaders({ requiredHeaders: headers }: Plan): string {
  return headers
    .map(({ name, value }) =>
      refuse(
        `headers[${quoted(name.toLowerCase())}] !== ${quoted(value)}`,
        400,
        `${name} must be ${value}.`,
      ),
    )
    .join('\n')
}

/** Refuses what is too old or too new; `age` is in seconds. */
function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'Math.floor(now / 1000)' : 'now / 1000'
  const signedAt = {
    s: 'Number(timestamp)',
    ms: 'Number(timestamp) / 1000',
    's-or-ms': 'Number(timestamp) / (timestamp.length > 11 ? 1000 : 1)',
    iso8601: 'Date.parse(timestamp) / 1000',
    'iso8601-no-zone': 'Date.parse(`${timestamp}Z`) / 1000',
    'http-date': 'Date.parse(timestamp) / 1000',
    any: 'secondsOf(timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric
      ? refuse('!/^\\d{1,16}$/.test(timestamp)', 400, 'The timestamp is not a whole number.')
      : null,
    `const age = ${clock} - ${signedAt};`,
    !numeric && refuse('Number.isNaN(age)', 400, 'The timestamp cannot be read.'),
    age.pastSeconds !== null &&
      refuse(`age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}
