import { secretComment, proven } from './words.ts'
import type { Age, Plan } from './plan.ts'
import { indent, lines, quoted, blocks } from './text.ts'
import { csharpHelpers, csharpUsings } from './csharp-helpers.ts'
import { refuse, textOf, signatures } from './csharp-reading.ts'
import { content, match, after } from './csharp-proof.ts'

/** A Program.cs for ASP.NET Core, C# 12. */
export function csharp(plan: Plan): string {
  const check = verifyFunction(plan)
  const members = blocks(check, ...csharpHelpers(plan, check))
  const given = [
    'name => string.Join(", ", request.Headers[name].ToArray())',
    'body',
    'secrets',
    'DateTimeOffset.UtcNow',
  ]
  if (plan.uses.method) given.push('request.Method')
  if (plan.uses.url) given.push('publicOrigin + request.GetEncodedPathAndQuery()')
  const map = plan.uses.compactJson ? 'Map' : 'MapPost'
  const program = blocks(
    lines(
      ...secretComment(plan).map((line) => `// ${line}`),
      `string[] secrets = (Environment.GetEnvironmentVariable(${quoted(plan.secretsVariable)}) ?? "")`,
      `    .Split('${plan.separator}', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);`,
      plan.uses.url &&
        '// Where the sender calls: a proxy or tunnel may have changed what arrives here.',
      plan.uses.url &&
        'string publicOrigin = Environment.GetEnvironmentVariable("PUBLIC_ORIGIN") ?? "http://localhost:5000";',
    ),
    'var app = WebApplication.Create(args);',
    lines(
      `app.${map}("/webhooks/${plan.id}", async (HttpRequest request) =>`,
      '{',
      '    using var buffer = new MemoryStream();',
      '    await request.Body.CopyToAsync(buffer);',
      '    byte[] body = buffer.ToArray(); // the bytes as they came',
      '    try',
      '    {',
      '        Webhook.Verify(',
      given.map((each) => `            ${each}`).join(',\n') + ');',
      '    }',
      '    catch (Refused refusal)',
      '    {',
      '        return Results.Text(refusal.Message, statusCode: refusal.Status);',
      '    }',
      '    // Genuine. What happened is in body.',
      '    return Results.Ok();',
      '});',
    ),
    'app.Run();',
    lines(
      'class Refused(int status, string message) : Exception(message)',
      '{',
      '    public int Status { get; } = status;',
      '}',
    ),
    `static class Webhook\n{\n${indent(members, 4)}\n}`,
  )
  return `${blocks(
    `// Checks webhooks from ${plan.name}: ${plan.algorithm}.\n// ${plan.documentationUrl}`,
    csharpUsings(program),
    program,
  )}\n`
}

function verifyFunction(plan: Plan): string {
  const parameters = [
    'Func<string, string> header',
    'byte[] body',
    'string[] secrets',
    'DateTimeOffset now',
  ]
  if (plan.uses.method) parameters.push('string method')
  if (plan.uses.url) parameters.push('string url')
  return lines(
    `/// <summary>Throws Refused unless ${proven(plan).replace(/&/g, '&amp;').replace(/</g, '&lt;')}.</summary>`,
    'public static void Verify(',
    `    ${parameters.join(', ')})`,
    '{',
    indent(
      lines(
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(`header(${quoted(name)}) != ${quoted(value)}`, 400, `${name} must be ${value}.`),
        ),
        plan.uses.json && 'JsonElement payload = ParseJson(body);',
        plan.uses.form && 'var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'var query = QueryHelpers.ParseQuery(new Uri(url).Query);',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `string ${name} = ${optional ? text : `Required(${text}, ${quoted(label)})`};`
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
  const clock = age.wholeSeconds
    ? 'now.ToUnixTimeSeconds()'
    : 'now.ToUnixTimeMilliseconds() / 1000.0'
  const signedAt = {
    s: 'SecondsOf(timestamp)',
    ms: 'SecondsOf(timestamp) / 1000',
    's-or-ms': 'SecondsOf(timestamp) / (timestamp.Length > 11 ? 1000 : 1)',
    iso8601: 'SecondsOf(timestamp)',
    'iso8601-no-zone': 'SecondsOf(timestamp + "Z")',
    'http-date': 'SecondsOf(timestamp)',
    any: 'SecondsOf(timestamp)',
  }[age.unit]
  return lines(
    `double age = ${clock} - ${signedAt};`,
    age.pastSeconds !== null &&
      refuse(`age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}
