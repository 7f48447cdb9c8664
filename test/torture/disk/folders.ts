import type { Chance } from '#test/torture/chance.ts'
import type { FileNode } from './files.ts'

export type DiskNode = FileNode | FolderNode

interface NameChange {
  /** Names that stand for something from then on, or for nothing (`null`); all of it or nothing. */
  names: readonly (readonly [string, DiskNode | null])[]
  doneAt: number | null
}

/** A folder: the names that the disk is known to hold, those of now, and what changed between. */
export class FolderNode {
  readonly kind = 'folder'
  readonly now = new Map<string, DiskNode>()
  private readonly durable = new Map<string, DiskNode>()
  private changes: NameChange[] = []

  change(names: NameChange['names']): { done(at: number, worked: boolean): void } {
    const begun: NameChange = { names, doneAt: null }
    this.changes.push(begun)
    return {
      done: (at, worked) => {
        begun.doneAt = at
        if (worked) apply(this.now, names)
        else this.changes = this.changes.filter((one) => one !== begun)
      },
    }
  }

  synced(begunAt: number): void {
    const isCovered = ({ doneAt }: NameChange) => doneAt !== null && doneAt < begunAt
    const covered = this.changes.filter(isCovered)
    this.changes = this.changes.filter((change) => !isCovered(change))
    for (const { names } of covered) apply(this.durable, names)
  }

  /**
   * The names after a power cut: those that were synced, and of later changes any, as long as the
   * changes of one name stay in their order.
   */
  afterCut(chance: Chance, keptShare: number): Map<string, DiskNode> {
    const found = new Map(this.durable)
    const lost = new Set<string>()
    for (const { names } of this.changes) {
      const isKept = names.every(([name]) => !lost.has(name)) && chance.isBelow(keptShare)
      if (isKept) apply(found, names)
      else for (const [name] of names) lost.add(name)
    }
    return found
  }
}

function apply(map: Map<string, DiskNode>, names: NameChange['names']): void {
  for (const [name, node] of names) {
    if (node === null) map.delete(name)
    else map.set(name, node)
  }
}
