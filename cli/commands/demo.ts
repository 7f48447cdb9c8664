import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDemo } from '#cli/demo/seed.ts'
import type { Command } from 'commander'
import type { Context } from '#cli/context.ts'
import * as value from '#cli/option-values.ts'
import { version } from '#cli/project.ts'
import { app, type AppOptions } from './app.ts'

const SPAN_MS = 26 * 3_600_000

interface DemoCommandOptions extends Omit<AppOptions, 'dataDir' | 'dataDirGiven'> {
  count: number
  seed: number
}

/** `demo` on the command line. */
export function addDemoCommand(
  command: Command,
  context: Context,
  onExitCode: (code: number) => void,
): void {
  command
    .description('open the app on a few hundred made-up deliveries; nothing of yours is touched')
    .option('--count <n>', 'about so many deliveries', value.demoCountValue, 420)
    .option('--seed <n>', 'another number makes other ones', value.afterValue, 868)
    .option('--port <n>', 'port to capture on (default: any)', value.portValue)
    .option('--ui-port <n>', 'port of the UI in a browser (default: 4180)', value.portValue)
    .option('--no-sandbox', "without Chromium's sandbox (root on Linux needs it)")
    .action(async (options: DemoCommandOptions) => onExitCode(await demo(context, options)))
}

/**
 * `countersign demo`: the app on made-up deliveries, in a folder that goes away with it.
 *
 * @returns the exit code
 */
async function demo(
  context: Context,
  { count, seed, ...options }: DemoCommandOptions,
): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-demo-'))
  try {
    const at = { nowMs: Date.now(), spanMs: SPAN_MS }
    const made = await seedDemo({ dataDir, version: version(), count, seed, ...at })
    context.output.note(
      `${made} deliveries were made up in ${dataDir}, which is removed at the end.`,
    )
    return await app(context, { port: 0, ...options, dataDir, dataDirGiven: true })
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}
