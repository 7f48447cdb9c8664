import type { CheckExchange, CheckGroup, CheckReport, CheckResult } from '#contract/check.ts'
import { countsText, groupTitles, holds, markOf } from './outcomes.ts'
import { reportStyle } from './style.ts'

const groups: readonly CheckGroup[] = ['accepts', 'rejects', 'behaves']

/**
 * The report as a page of its own: no script, nothing is loaded, and everything that came over the
 * network is escaped. Its policy forbids what it does not have.
 */
export function htmlReport(report: CheckReport): string {
  const title = `Endpoint check of ${report.url}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${header(report)}
${groups.map((group) => section(report, group)).join('\n')}
<footer>Made by Countersign ${html(report.version)}. It holds no secret: signatures are shortened, credentials covered.</footer>
</main>
</body>
</html>
`
}

function header(report: CheckReport): string {
  const verdict = holds(report) ? 'All expectations hold' : headline(report)
  const problem = report.problem === null ? '' : `<p class="problem">${html(report.problem)}</p>`
  return `<header>
<p class="kind">Endpoint check</p>
<h1>${html(verdict)}</h1>
<p class="counts">${html(countsText(report))}</p>
${problem}
<dl>
<dt>Handler</dt><dd><code>${html(report.url)}</code></dd>
<dt>Scheme</dt><dd>${html(report.schemeName)}</dd>
<dt>Run at</dt><dd>${new Date(report.startedAtMs).toISOString().replace('T', ' ').slice(0, 19)} UTC</dd>
</dl>
</header>`
}

function headline(report: CheckReport): string {
  const failed = report.results.filter(({ outcome }) => outcome === 'failed').length
  if (failed > 0) return failed === 1 ? 'One expectation fails' : `${failed} expectations fail`
  return report.state === 'cancelled' ? 'The check was cancelled' : 'The check is not complete'
}

function section(report: CheckReport, group: CheckGroup): string {
  const results = report.results.filter((each) => each.group === group)
  if (results.length === 0) return ''
  return `<section><h2>${groupTitles[group]}</h2>${results.map(article).join('\n')}</section>`
}

/** What failed is open; everything else opens on a click. */
function article(result: CheckResult): string {
  const { outcome, title, id, expected, found, why, fix, exchanges } = result
  const { symbol, words } = markOf(outcome)
  const open = outcome === 'failed' || outcome === 'sdk-choice' ? ' open' : ''
  const row = (name: string, text: string) =>
    text === '' ? '' : `<dt>${name}</dt><dd>${withCode(text)}</dd>`
  const advice = outcome === 'skipped' ? '' : row('Why it matters', why) + row('How to fix it', fix)
  return `<details class="${outcome}" id="${html(id)}"${open}>
<summary><span class="mark"><span aria-hidden="true">${symbol}</span> ${words}</span> <span class="title">${withCode(title)}</span></summary>
<dl>${row('Expected', expected)}${row('Found', found)}${advice}</dl>
${exchanges.map(exchangeHtml).join('\n')}
<p class="id"><code>${html(id)}</code></p>
</details>`
}

function exchangeHtml({ label, answer, error, totalMs, ...request }: CheckExchange): string {
  const ms = totalMs < 10 ? totalMs.toFixed(1) : String(Math.round(totalMs))
  const came = answer
    ? message(`HTTP ${answer.status}`, answer.rawHeaders, answer.bodyText, answer.bodyByteLength)
    : html(error ?? 'No answer came.')
  const line = `${request.method} ${request.target}`
  const sent = message(line, request.rawHeaders, request.bodyText, request.bodyByteLength)
  return `<figure><figcaption>${html(label)} <span>${ms} ms</span></figcaption>
<div class="pair"><div><h3>Sent</h3><pre>${sent}</pre></div>
<div><h3>Came back</h3><pre>${came}</pre></div></div></figure>`
}

const MOST_SHOWN = 1200

function message(
  line: string,
  rawHeaders: CheckExchange['rawHeaders'],
  body: string,
  byteLength: number,
): string {
  const head = [line, ...rawHeaders.map(([name, value]) => `${name}: ${value}`)].join('\n')
  const shown = body.slice(0, MOST_SHOWN)
  const cut = shown.length < body.length || Buffer.byteLength(body) < byteLength
  const rest = cut ? `\n… ${byteLength.toLocaleString('en')} bytes in all` : ''
  return html(body === '' ? head : `${head}\n\n${shown}${rest}`)
}

/** Text in backquotes is code. */
function withCode(text: string): string {
  return html(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Controls but line feed and tab, and what reorders or hides text (UAX #9), are shown. */
const UNSAFE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu

/** Text as HTML shows it, whatever it says. */
export function html(text: string): string {
  return text
    .replace(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"']/g, (char) => entities[char] ?? char)
}
