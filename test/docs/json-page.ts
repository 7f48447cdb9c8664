import { jsonOutputs } from '#cli/reference/json-outputs.ts'
import { jsonSchemaOf } from '#cli/reference/json-schema.ts'

/** docs/json.md: which command prints what with `--json`. */
export function jsonPage(): string {
  const rows = jsonOutputs.flatMap(({ name, commands, shape, means }) =>
    commands.map((command) => ({ command, name, shape, means })),
  )
  const ordered = rows.sort((one, other) => (one.command < other.command ? -1 : 1))
  return `# JSON output

With \`--json\` a command writes JSON to standard output and nothing else there: one value, or one object per line where it says “lines” (NDJSON). What is for people goes to standard error. The schemas (JSON Schema, draft 2020-12) are made from what the program itself checks its data with, by \`npm run docs:generate\`; tests hold the output of every command against them.

Members are added within a major version, and none is renamed or removed. Names carry their unit: \`receivedAtMs\` is unix milliseconds, \`skewSeconds\` seconds. Control and other invisible characters in texts are written as \`\\uXXXX\`.

| command | schema | | what |
| --- | --- | --- | --- |
${ordered
  .map(
    ({ command, name, shape, means }) =>
      `| \`${command}\` | [${name}](schemas/${name}.json) | ${shape === 'lines' ? 'lines' : ''} | ${means} |`,
  )
  .join('\n')}

The same data is served over HTTP while Countersign runs: [REST API](api.md).
`
}

/** docs/schemas/NAME.json, by path in the project. */
export function schemaFiles(): Array<[path: string, text: string]> {
  return jsonOutputs.map((output) => [
    `docs/schemas/${output.name}.json`,
    `${JSON.stringify(jsonSchemaOf(output), null, 2)}\n`,
  ])
}
