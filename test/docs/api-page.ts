import { readFileSync } from 'node:fs'
import type { OpenAPI } from '@orpc/contract'
import { openApiDocument, operationsOf, type ApiOperation } from '#server/openapi.ts'
import { absolute } from './absolute.ts'
import { readCallSentences } from './call-sentences.ts'
import { typeText } from './schema-words.ts'

/** docs/api.md: the OpenAPI document for people. */
export async function apiPage(): Promise<string> {
  const document = await openApiDocument('', Object.fromEntries(readCallSentences()))
  const operations = operationsOf(document)
  const areas = [...new Set(operations.map(areaOf))]
  const { components } = document
  return [
    readFileSync(absolute('test/docs/api-introduction.md'), 'utf8').trim(),
    `${operations.length} calls. A name with a question mark may be left out.`,
    ...areas.map((area) =>
      [
        `## ${titleOf(area)}`,
        ...operations.filter((each) => areaOf(each) === area).map(callText),
      ].join('\n\n'),
    ),
    '## Shapes',
    ...Object.entries(components?.schemas ?? {}).map(
      ([name, schema]) => `### ${name}\n\n${typeBlock(schema)}`,
    ),
    '',
  ].join('\n\n')
}

const areaOf = ({ operation }: ApiOperation) => operation.tags?.[0] ?? ''

/** `savedFilters` → `Saved filters`. */
function titleOf(area: string): string {
  const words = area.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const typeBlock = (schema: unknown) => ['```ts', typeText(schema), '```'].join('\n')

function callText({ method, path, operation }: ApiOperation): string {
  const parts = [
    `### ${method} ${path.replaceAll('{', '\\{')}`,
    (operation.description ?? '').replaceAll('{', '\\{'),
    parameterTable(operation),
    ...requestText(operation),
    ...answerText(operation),
  ]
  return parts.filter(Boolean).join('\n\n')
}

function parameterTable({ parameters = [] }: OpenAPI.OperationObject): string {
  const rows = parameters.flatMap((each) => {
    if ('$ref' in each) return []
    const optional = each.required || each.in === 'path' ? '' : '?'
    const type = typeText(each.schema).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
    return [`| \`${each.name}${optional}\` | ${each.in} | \`${type}\` |`]
  })
  return rows.length === 0 ? '' : ['| takes | in | |', '| --- | --- | --- |', ...rows].join('\n')
}

function requestText({ requestBody }: OpenAPI.OperationObject): string[] {
  if (!requestBody || '$ref' in requestBody) return []
  const schema = requestBody.content['application/json']?.schema
  if (!schema) return []
  const text = typeText(schema)
  return text === '{}' ? [] : ['Takes as JSON:', typeBlock(schema)]
}

function answerText({ responses = {} }: OpenAPI.OperationObject): string[] {
  const answer = responses['200']
  if (!answer || '$ref' in answer) return []
  const [type, media] = Object.entries(answer.content ?? {})[0] ?? []
  if (type === undefined || !media?.schema) return []
  if (type === 'application/octet-stream') return ['Answers the bytes.']
  const events = type === 'text/event-stream'
  const text = typeText(media.schema)
  if (text === '{}') return []
  if (/^\w+(?:\[\])?$/.test(text)) return [`Answers \`${text}\`.`]
  return [events ? 'Answers a stream of server-sent events:' : 'Answers:', typeBlock(media.schema)]
}
