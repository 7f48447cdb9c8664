import { z } from 'zod'

/** What of JSON Schema the contract's document uses; what is inside is looked at in its turn. */
const Schema = z.looseObject({
  $ref: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  contentMediaType: z.string().optional(),
})
type Schema = z.infer<typeof Schema>

const REF = '#/components/schemas/'

/** A JSON Schema as a TypeScript type, which is how people read shapes; references by their name. */
export function typeText(value: unknown, indent = ''): string {
  const parsed = Schema.safeParse(value)
  if (!parsed.success) return 'unknown'
  const schema = parsed.data
  if (schema.$ref !== undefined) return schema.$ref.replace(REF, '')
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return union(schema.enum.map(literal))
  const either = schema.anyOf ?? schema.oneOf
  if (either) return union(either.map((each) => typeText(each, indent)))
  if (schema.allOf) return schema.allOf.map((each) => typeText(each, indent)).join(' & ')
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return union(types.map((type) => plainType(schema, type, indent)))
}

function plainType(schema: Schema, type: string | undefined, indent: string): string {
  if (type === 'array') return arrayText(schema, indent)
  if (type === 'object') return objectText(schema, indent)
  if (type === 'integer') return 'number'
  if (type === 'string' && schema.contentMediaType !== undefined) return 'bytes'
  return type ?? 'unknown'
}

function arrayText({ prefixItems, items }: Schema, indent: string): string {
  if (prefixItems) return `[${prefixItems.map((each) => typeText(each, indent)).join(', ')}]`
  const text = typeText(items, indent)
  return /[|&]/.test(outsideOfBrackets(text)) ? `(${text})[]` : `${text}[]`
}

function outsideOfBrackets(text: string): string {
  let depth = 0
  let outside = ''
  for (const char of text) {
    if ('{[('.includes(char)) depth++
    if (depth === 0) outside += char
    if ('}])'.includes(char)) depth--
  }
  return outside
}

function objectText(schema: Schema, indent: string): string {
  const { properties = {}, required = [], additionalProperties } = schema
  const inner = `${indent}  `
  const members = Object.entries(properties).map(([name, each]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
    return `${inner}${key}${required.includes(name) ? '' : '?'}: ${typeText(each, inner)}`
  })
  if (members.length > 0) return ['{', ...members, `${indent}}`].join('\n')
  const isMap = additionalProperties !== undefined && additionalProperties !== false
  return isMap ? `{ [name: string]: ${typeText(additionalProperties, indent)} }` : '{}'
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value)
}

function union(texts: readonly string[]): string {
  return [...new Set(texts)].join(' | ')
}
