import type { JsonNode } from '#renderer/body/json-parse.ts'
import {
  childCount,
  childrenOf,
  jsonRows,
  opensByItself,
  type JsonRow,
} from '#renderer/body/json-rows.ts'
import { holderOf, type FindTerm } from './find.ts'

/** A line of the tree as it is drawn; values are cut after 2,000 characters. */
export interface OutlineRow extends Omit<JsonRow, 'node'> {
  kind: JsonNode['kind']
  source: string
}

export interface OutlineRows {
  rows: OutlineRow[]
  total: number
}

/** Where a node stands that was gone to. */
export interface Revealed {
  index: number
  total: number
}

export interface OutlineMatches {
  /** Each as the way from the root: which child of which. */
  places: number[][]
  capped: boolean
}

const LONGEST_VALUE = 2_000
const MOST_PLACES = 10_000

/** The tree of a JSON value: what of it is open, and where in it something stands. */
export class JsonOutline {
  readonly #root: JsonNode
  readonly #toggled = new Set<string>()
  #rows: JsonRow[] | null = null

  constructor(root: JsonNode) {
    this.#root = root
  }

  rows(from: number, to: number): OutlineRows {
    const all = this.#all()
    return { rows: all.slice(from, to).map(drawn), total: all.length }
  }

  /** Opens or closes a node; how many rows there are then. */
  toggle(path: string): number {
    if (!this.#toggled.delete(path)) this.#toggled.add(path)
    this.#rows = null
    return this.#all().length
  }

  /** The row that holds this one; the first for the root itself. */
  parentOf(index: number): number {
    const all = this.#all()
    const depth = all[index]?.depth ?? 0
    for (let at = index - 1; at >= 0; at -= 1) if ((all[at]?.depth ?? 0) < depth) return at
    return 0
  }

  /** Nodes whose key or value, as it stands in the text, holds the term; in the order of the text. */
  find(term: FindTerm): OutlineMatches {
    const places: number[][] = []
    const holds = holderOf(term)
    const visit = (node: JsonNode, label: string, place: number[]) => {
      if (places.length > MOST_PLACES) return
      const value = node.kind === 'object' || node.kind === 'array' ? '' : node.source
      if (holds(label) || holds(value)) places.push(place)
      if (node.kind === 'object') {
        for (const [at, { key, value: child }] of node.entries.entries()) {
          visit(child, key, [...place, at])
        }
      } else if (node.kind === 'array') {
        for (const [at, item] of node.items.entries()) visit(item, '', [...place, at])
      }
    }
    visit(this.#root, '', [])
    return { places: places.slice(0, MOST_PLACES), capped: places.length > MOST_PLACES }
  }

  /** Opens everything around a place; the row where it stands then, and how many there are. */
  reveal(place: readonly number[]): Revealed {
    let node = this.#root
    let path = '$'
    for (const [depth, at] of place.entries()) {
      const size = childCount(node)
      const isOpen = opensByItself(depth, size) !== this.#toggled.has(path)
      if (!isOpen && size > 0) this.toggle(path)
      const child = childrenOf(node, path)[at]
      if (!child) break
      node = child.node
      path = child.path
    }
    const rows = this.#all()
    const index = rows.findIndex((row) => row.path === path)
    return { index: Math.max(0, index), total: rows.length }
  }

  #all(): JsonRow[] {
    this.#rows ??= jsonRows(this.#root, this.#toggled)
    return this.#rows
  }
}

function drawn({ node, ...row }: JsonRow): OutlineRow {
  const source = node.kind === 'object' || node.kind === 'array' ? '' : node.source
  const cut = source.length > LONGEST_VALUE ? `${source.slice(0, LONGEST_VALUE)}…` : source
  return { ...row, kind: node.kind, source: cut }
}
