import { allNodes, type CommandNode } from '#cli/reference/command-tree.ts'

/** Options that a value always follows, in whichever command: what comes behind them is no command. */
export function valuedOptions(tree: CommandNode): string[] {
  const names = new Set<string>()
  for (const { options } of allNodes(tree)) {
    for (const { long, short, takes } of options) {
      if (takes !== 'required') continue
      names.add(long)
      if (short !== null) names.add(short)
    }
  }
  return [...names].sort()
}
