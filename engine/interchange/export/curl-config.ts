import type { CurlPlan } from '#contract/curl-command.ts'

/**
 * What curl is told, as lines of a config file (man curl, `--config`): in quotes, where `\\`, `\"`,
 * `\t`, `\n`, `\r` and `\v` are escapes. A character for each byte.
 */
export function curlConfig(plan: CurlPlan): string[] {
  const { method, requestTarget } = plan
  return [
    `url = ${configQuote(plan.url)}`,
    method === null ? 'head' : `request = ${configQuote(method)}`,
    ...(requestTarget === null ? [] : [`request-target = ${configQuote(requestTarget)}`]),
    'path-as-is',
    'globoff',
    plan.httpOption.slice(2),
    ...plan.headerLines.map((line) => `header = ${configQuote(line)}`),
  ]
}

function configQuote(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('\t', '\\t')
  return `"${escaped}"`
}

/** The words that follow `curl` on a command line, unquoted; the body is not among them. */
export function curlWords(plan: CurlPlan): string[] {
  const { method, requestTarget } = plan
  return [
    ...(method === null ? ['--head'] : ['--request', method]),
    plan.url,
    ...(requestTarget === null ? [] : ['--request-target', requestTarget]),
    '--path-as-is',
    '--globoff',
    plan.httpOption,
    ...plan.headerLines.flatMap((line) => ['--header', line]),
  ]
}
