import { bashScript } from './bash.ts'
import type { CompletionData } from './completion-data.ts'
import { fishScript } from './fish.ts'
import { powershellScript } from './powershell.ts'
import { zshScript } from './zsh.ts'

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof shells)[number]

const scripts: Readonly<Record<Shell, (data: CompletionData) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
}

/** The completion script of a shell, and the name it has where that shell looks for such files. */
export function completionScript(shell: Shell, data: CompletionData): string {
  return scripts[shell](data)
}

export const scriptFiles: Readonly<Record<Shell, string>> = {
  bash: 'countersign.bash',
  zsh: '_countersign',
  fish: 'countersign.fish',
  powershell: 'countersign.ps1',
}
