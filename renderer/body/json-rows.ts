import type { JsonNode } from './json-parse.ts'

/** One line of the drawn tree. */
export interface JsonRow {
  /** Names the row and its place: `$.items[3].id#2` for a repeated key. */
  path: string
  depth: number
  label: string | null
  repeated: boolean
  node: JsonNode
  open: boolean
  size: number
}

export function childCount(node: JsonNode): number {
  if (node.kind === 'object') return node.entries.length
  return node.kind === 'array' ? node.items.length : 0
}

/** One step of a JSONPath (RFC 9535): `.name`, or `["a name"]` for what is no plain name. */
export function pathStep(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

export interface JsonChild {
  path: string
  label: string
  repeated: boolean
  node: JsonNode
}

/** What an object or a list holds, each with its path. */
export function childrenOf(node: JsonNode, path: string): JsonChild[] {
  if (node.kind === 'object') {
    return node.entries.map((entry, index) => ({
      path: `${path}${pathStep(entry.key)}${entry.repeated ? `#${index}` : ''}`,
      label: entry.key,
      repeated: entry.repeated,
      node: entry.value,
    }))
  }
  if (node.kind !== 'array') return []
  return node.items.map((item, index) => ({
    path: `${path}[${index}]`,
    label: String(index),
    repeated: false,
    node: item,
  }))
}

/** Small and shallow things stand open; a list of thousands waits to be asked. */
export function opensByItself(depth: number, size: number): boolean {
  return depth < 3 && size <= 200
}

/** The rows that are visible when `toggled` holds the paths that differ from their default. */
export function jsonRows(root: JsonNode, toggled: ReadonlySet<string>): JsonRow[] {
  const rows: JsonRow[] = []
  const visit = (child: Omit<JsonChild, 'label'> & { label: string | null }, depth: number) => {
    const size = childCount(child.node)
    const open = size > 0 && opensByItself(depth, size) !== toggled.has(child.path)
    rows.push({ ...child, depth, open, size })
    if (open) for (const next of childrenOf(child.node, child.path)) visit(next, depth + 1)
  }
  visit({ path: '$', label: null, repeated: false, node: root }, 0)
  return rows
}
