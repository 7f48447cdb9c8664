import type { CommandNode } from '#cli/reference/command-tree.ts'

export interface CompletionData {
  tree: CommandNode
  schemeIds: readonly string[]
}
