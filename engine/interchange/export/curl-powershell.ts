import { base64Of, base64Pieces, isTextBody, wholeBytes } from './body-pieces.ts'
import { curlConfig, curlWords } from './curl-config.ts'
import type { CurlCall, CurlShell } from './curl-writer.ts'
import { isPlainArgument, isPrintable, powershellQuote } from './powershell-quote.ts'

/**
 * A script for Windows PowerShell 5.1 and PowerShell 7 on Windows, which ships `curl.exe` (in 5.1
 * `curl` is another command). The two hand quotes to programs differently, so none are handed over:
 * where an argument would have one, all of them go into a config file of curl, and the body always
 * goes through a file. Captured text stands between single quotes or in base64.
 */
export const powershellShell: CurlShell = {
  fileExtension: 'ps1',
  begin: () =>
    '# Written by Countersign. Each call of curl.exe sends one delivery.\n' +
    '# For Windows PowerShell 5.1 and PowerShell 7 on Windows.\n\n',
  comment: (text) => `# ${text}\n`,
  *call(call) {
    const { plan } = call
    const words = curlWords(plan)
    const config = words.every(isPlainArgument) ? null : curlConfig(plan)
    if (config) yield* writeConfig(config)
    const sendsBody = call.exported.body.byteLength > 0
    if (sendsBody) yield* writeBody(call)
    const given = config ? ['"--config"', '$config'] : words.map(powershellQuote)
    const options = [
      ...given,
      ...(sendsBody ? ["'--data-binary'", '"@$body"'] : []),
      // An empty argument is lost in 5.1; the null device is an empty body too.
      ...(!sendsBody && plan.sendsEmptyBody ? ["'--data-binary'", "'@NUL'"] : []),
    ]
    yield `$arguments = @(\n${options.map((option) => `  ${option}\n`).join('')})\n`
    yield 'curl.exe @arguments\n'
    const files = [...(config ? ['$config'] : []), ...(sendsBody ? ['$body'] : [])]
    if (files.length > 0) yield `Remove-Item -LiteralPath ${files.join(', ')}\n`
    yield '\n'
  },
  end: () => '',
}

function* writeConfig(lines: string[]): Iterable<string> {
  yield '$config = [IO.Path]::GetTempFileName()\n'
  if (lines.every(isPrintable)) {
    const array = lines.map((line) => `  ${powershellQuote(line)}`).join(',\n')
    yield `[IO.File]::WriteAllLines($config, [string[]]@(\n${array}\n))\n`
  } else {
    const bytes = Buffer.from(`${lines.join('\n')}\n`, 'latin1')
    yield `[IO.File]::WriteAllBytes($config, [Convert]::FromBase64String('${base64Of(bytes)}'))\n`
  }
}

function* writeBody({ exported, inlineBody }: CurlCall): Iterable<string> {
  yield '$body = [IO.Path]::GetTempFileName()\n'
  if (inlineBody !== null) {
    const text = isTextBody(exported.body) ? Buffer.from(wholeBytes(exported.body)).toString() : ''
    const bytes =
      text !== '' && isPrintable(text)
        ? `[Text.Encoding]::ASCII.GetBytes(${powershellQuote(text)})`
        : `[Convert]::FromBase64String('${base64Of(inlineBody)}')`
    yield `[IO.File]::WriteAllBytes($body, ${bytes})\n`
    return
  }
  yield '$stream = [IO.File]::OpenWrite($body)\n'
  for (const piece of base64Pieces(exported.body)) {
    yield `$bytes = [Convert]::FromBase64String('${piece}'); $stream.Write($bytes, 0, $bytes.Length)\n`
  }
  yield '$stream.Dispose()\n'
}
