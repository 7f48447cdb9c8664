import { z } from 'zod'
import { Scheme } from './scheme.ts'
import { wordAt } from './scheme-words.ts'

/** The JSON Schema of a scheme (draft 2020-12), each field with what it is called and holds. */
export function schemeModel(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(Scheme, {
      override: ({ jsonSchema, path }) => {
        const word = path[path.length - 2] === 'properties' ? wordAt(fieldPath(path)) : null
        if (word) Object.assign(jsonSchema, { title: word.label, description: word.hint })
      },
    }),
    title: 'Webhook signature scheme',
    description: 'How one sender signs its webhooks, as Countersign verifies and signs them.',
  }
}

/** `properties/settings/items/properties/name` as `settings[].name`. */
function fieldPath(path: readonly (string | number)[]): string {
  let field = ''
  for (const [index, step] of path.entries()) {
    if (step === 'items') field += '[]'
    else if (path[index - 1] === 'properties') field += `${field === '' ? '' : '.'}${step}`
  }
  return field
}
