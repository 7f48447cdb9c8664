import { app, clipboard, dialog, shell } from 'electron'
import { aboutText, type Running } from './facts.ts'
import type { SandboxNotice } from './sandbox-notice.ts'

/** Version, what it runs on, and where the data lies. */
export async function showAbout(
  running: Running,
  dataDir: string,
  openDataFolder: () => void,
): Promise<void> {
  const { title, detail } = aboutText(running, dataDir)
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'About Countersign',
    message: title,
    detail,
    buttons: ['Close', 'Copy', 'Open Data Folder'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) await clipboard.writeText(`${title}\n${detail}`)
  if (response === 2) openDataFolder()
}

/** Something stopped for good: another try, the report, or the end; resolves after the answer. */
export async function offerRestart(options: {
  message: string
  detail: string
  again: string
  report: string | null
  onAgain: () => void
}): Promise<void> {
  const { message, detail, again, report, onAgain } = options
  const kept = report === null ? '' : `\n\nA report lies at ${report}. It stays on this computer.`
  const buttons = report === null ? [again, 'Quit'] : [again, 'Quit', 'Show Report']
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Countersign',
    message,
    detail: `${detail}${kept}`,
    buttons,
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 0) onAgain()
  else if (response === 1) app.quit()
  else if (report !== null) {
    shell.showItemInFolder(report)
    await offerRestart(options)
  }
}

/** @returns whether the person goes on without a sandbox */
export async function warnOfNoSandbox({ sentence, fix }: SandboxNotice): Promise<boolean> {
  console.error(`Countersign has no sandbox here. ${sentence}${fix === null ? '' : `\n${fix}`}`)
  const buttons = ['Quit', 'Start Without a Sandbox']
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Countersign',
    message: 'Countersign has no sandbox here',
    detail: fix === null ? sentence : `${sentence}\n\n${fix}`,
    buttons: fix === null ? buttons : [...buttons, 'Copy What Permits It'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 2 && fix !== null) {
    await clipboard.writeText(fix)
    return warnOfNoSandbox({ sentence, fix })
  }
  return response === 1
}
