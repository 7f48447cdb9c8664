import { z } from 'zod'
import { api } from './api.ts'

/** A JSON Schema, as far as walking and making inputs needs one. */
export type Shape = z.core.JSONSchema.JSONSchema

/** A call of the contract: `deliveries.list`, its REST form, and what it takes. */
export interface CallShape {
  name: string
  path: readonly string[]
  route: { method: string; path: string }
  /** `null`: it takes nothing. */
  input: Shape | null
}

/** Every call of the contract with the shape of its input, which the OpenAPI document is made of. */
export function callShapes(): CallShape[] {
  return callsOf(api, [])
}

function callsOf(tree: object, path: readonly string[]): CallShape[] {
  return Object.entries(tree).flatMap(([name, each]: [string, unknown]) => {
    if (typeof each !== 'object' || each === null) return []
    const here = [...path, name]
    const definition: unknown = Reflect.get(each, '~orpc')
    return definition === undefined ? callsOf(each, here) : [callOf(here, definition)]
  })
}

const Definition = z.object({
  route: z.object({ method: z.string(), path: z.string() }),
  inputSchema: z.custom<z.ZodType>((value) => value instanceof z.ZodType).optional(),
})

function callOf(path: readonly string[], definition: unknown): CallShape {
  const { route, inputSchema } = Definition.parse(definition)
  const input = inputSchema ? shapeOf(inputSchema) : null
  return { name: path.join('.'), path, route, input }
}

/** What a schema takes; limits that JSON Schema cannot say are told by the `params` of a refinement. */
export function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema: { _zod: inner }, jsonSchema }) => {
      for (const { _zod: check } of inner.def.checks ?? []) {
        const { mostEntries, mostBytes } = Limits.parse(Reflect.get(check.def, 'params') ?? {})
        if (mostEntries !== undefined) jsonSchema.maxProperties = mostEntries
        if (mostBytes !== undefined) {
          Object.assign(jsonSchema, { type: 'string', maxLength: mostBytes, format: 'blob' })
        }
      }
    },
  })
}

const Limits = z.object({ mostEntries: z.number().optional(), mostBytes: z.number().optional() })

/** Where a shape has no end, such as `draft.settings: any number of entries`. */
export function endless(shape: Shape, path = ''): string[] {
  if (shape.enum !== undefined || shape.const !== undefined) return []
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return choices.flatMap((choice) => endlessIn(choice, path))
  if (shape.$ref !== undefined) return [`${path}: refers to ${shape.$ref}`]
  switch (shape.type) {
    case 'string':
      return shape.maxLength === undefined && !hasShortPattern(shape) ? [`${path}: any text`] : []
    case 'number':
      return hasRange(shape) ? [] : [`${path}: any number`]
    case 'array':
      return endlessArray(shape, path)
    case 'object':
      return endlessObject(shape, path)
    case 'integer':
    case 'boolean':
    case 'null':
      return []
    case undefined:
    default:
      return [`${path}: anything`]
  }
}

function endlessIn(shape: Shape | boolean | undefined, path: string): string[] {
  if (typeof shape === 'object') return endless(shape, path)
  return shape === true ? [`${path}: anything`] : []
}

function hasRange({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Shape): boolean {
  return (minimum ?? exclusiveMinimum) !== undefined && (maximum ?? exclusiveMaximum) !== undefined
}

/** Without a quantifier that has no end, outside of classes of characters. */
function hasShortPattern({ pattern }: Shape): boolean {
  if (pattern?.startsWith('^') !== true || !pattern.endsWith('$')) return false
  const outside = pattern.replace(/\\./gsu, 'x').replace(/\[[^\]]*\]/gsu, 'x')
  return !/[*+]|\{\d+,\}/.test(outside)
}

function endlessArray(shape: Shape, path: string): string[] {
  const first = shape.prefixItems ?? []
  const found = first.flatMap((item, index) => endlessIn(item, `${path}[${index}]`))
  if (Array.isArray(shape.items) || shape.items === undefined || shape.items === false) {
    return first.length > 0 ? found : [`${path}: a list of anything`]
  }
  if (shape.maxItems === undefined) found.push(`${path}: a list of any length`)
  return [...found, ...endlessIn(shape.items, `${path}[]`)]
}

function endlessObject(shape: Shape, path: string): string[] {
  const found = Object.entries(shape.properties ?? {}).flatMap(([name, each]) =>
    endlessIn(each, path === '' ? name : `${path}.${name}`),
  )
  const { additionalProperties, propertyNames } = shape
  if (additionalProperties === undefined || additionalProperties === false) return found
  if (shape.maxProperties === undefined) found.push(`${path}: any number of entries`)
  return [
    ...found,
    ...endlessIn(propertyNames ?? { type: 'string' }, `${path}.{name}`),
    ...endlessIn(additionalProperties, `${path}.{}`),
  ]
}
