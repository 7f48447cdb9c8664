/**
 * `npm run conformance -- DIR [--scheme ID]…`: judges vector files of the format
 * `webhook-vectors/1` and prints one JSON object. Exit 0: all agree; 1: some do not; 2: usage.
 */
import { parseArgs } from 'node:util'
import { judgeFiles } from './judge-vector.ts'
import { readVectorFiles, type VectorFile } from './vector-file.ts'

const USAGE = `Usage: npm run conformance -- DIR [--scheme ID]…

Judges the webhook-vectors/1 files in DIR and prints
{"total":n,"agreed":n,"unsupported":n,"disagreed":[{"id":…,"expected":…,"verdict":…}],
"resigned":n,"resignedWrongly":[{"id":…,"problem":…}]}. Correctly signed vectors are signed anew, too.

  --scheme ID   only the vectors of this scheme; may be given several times
  --help        this text
`

/** The files asked for; a text says what is wrong with the request. */
function filesFor(directory: string, schemeIds: readonly string[]): VectorFile[] | string {
  const files = readVectorFiles(directory)
  const unknown = schemeIds.find((id) => !files.some((file) => file.scheme === id))
  if (unknown !== undefined) return `There are no vectors of the scheme ${unknown} in ${directory}.`
  return schemeIds.length === 0 ? files : files.filter((file) => schemeIds.includes(file.scheme))
}

function run(argv: string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        scheme: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      process.stdout.write(USAGE)
      return 0
    }
    const directory = positionals[0]
    if (directory === undefined || positionals.length > 1) {
      process.stderr.write(USAGE)
      return 2
    }
    const files = filesFor(directory, values.scheme)
    if (typeof files === 'string') {
      process.stderr.write(`${files}\n`)
      return 2
    }
    const result = judgeFiles(files)
    process.stdout.write(`${JSON.stringify(result)}\n`)
    return result.disagreed.length + result.resignedWrongly.length === 0 ? 0 : 1
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

process.exitCode = run(process.argv.slice(2))
