import { z } from 'zod'
import type { JsonOutput } from './json-shapes.ts'

/** The JSON Schema (draft 2020-12) of what a command prints; of lines, that of each line. */
export function jsonSchemaOf({ schema, commands, means, shape }: JsonOutput) {
  const title = commands.map((command) => `countersign ${command} --json`).join(', ')
  return {
    ...z.toJSONSchema(schema, { io: 'output', reused: 'ref' }),
    title: shape === 'lines' ? `A line of ${title}` : title,
    description: means,
  }
}
