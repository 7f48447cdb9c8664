import { writeFile } from 'node:fs/promises'
import type { CheckReport } from '#contract/check.ts'
import type { Scheme } from '#contract/scheme.ts'
import { checkLines } from '#cli/check-lines.ts'
import type { Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { messageOf, runtimeFailure, usageFailure } from '#cli/failure.ts'
import { version } from '#cli/project.ts'
import { schemeNamed } from '#cli/scheme-named.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { type GivenSettings, readSettings } from '#cli/settings.ts'
import { applicableCases, unknownNames } from '#engine/replay/check/battery/battery.ts'
import { newReport, runReported } from '#engine/replay/check/check-report.ts'
import { holds } from '#engine/replay/check/reports/outcomes.ts'
import { reportFile, type ReportFormat } from '#engine/replay/check/reports/report-file.ts'
import { makeWorld, trialWorld, type World } from '#engine/replay/check/world.ts'
import { remoteHost } from '#engine/replay/loopback.ts'
import { secretWarning } from '#engine/signatures/secret.ts'

export interface CheckOptions {
  /** Absent only with `list`. */
  to?: string
  scheme: string
  /** Where own schemes are; absent: as everywhere. */
  dataDir?: string
  secretSources: readonly SecretSource[]
  settings: GivenSettings
  /** Ids and groups. */
  only: readonly string[]
  list?: boolean
  junit?: string
  html?: string
  json?: boolean
  allowRemote?: boolean
  insecure?: boolean
  /** Milliseconds for one answer. */
  timeoutMs: number
}

/**
 * `countersign check --to URL --scheme ID --secret-env VAR…`: asks a handler every question of the
 * battery and prints what it found. Needs no data directory and stores nothing but the reports that
 * were asked for.
 *
 * @returns the exit code: 0 when all expectations hold, else 1
 */
export async function checkHandler(context: Context, options: CheckOptions): Promise<0 | 1> {
  const scheme = await schemeNamed(context, options)
  const [unknown] = unknownNames(options.only)
  if (unknown !== undefined) {
    const name = escapeTerminal(unknown)
    throw usageFailure(`There is no case or group “${name}”; --list names them all.`)
  }
  if (options.list) return listCases(context, scheme, options)
  const url = targetOf(options)
  const world = await worldOf(context, scheme, url, options)
  const report = await run(context, world, options)
  await writeReports(report, options)
  if (options.json) context.output.json(report)
  else {
    for (const line of checkLines(report, context.output.colours)) context.output.line(line)
  }
  return holds(report) ? 0 : 1
}

async function listCases(
  { output }: Context,
  scheme: Scheme,
  { only, json }: CheckOptions,
): Promise<0> {
  const cases = applicableCases(await trialWorld(scheme)).filter(
    ({ id, group }) => only.length === 0 || only.includes(id) || only.includes(group),
  )
  if (json) output.json(cases)
  else for (const { id, title } of cases) output.line(`${id.padEnd(32)} ${escapeTerminal(title)}`)
  return 0
}

function targetOf({ to, allowRemote }: CheckOptions): string {
  if (to === undefined) throw usageFailure('Name the handler to check: --to URL.')
  const host = remoteHost(to)
  if (host === null || allowRemote) return to
  throw usageFailure(
    `${escapeTerminal(host)} is not this computer, and a check sends it a hundred requests. Give --allow-remote if it is yours.`,
  )
}

async function worldOf(
  context: Context,
  scheme: Scheme,
  url: string,
  options: CheckOptions,
): Promise<World> {
  const settings = readSettings(scheme, options.settings)
  const given = await readSecrets(options.secretSources, context.env, context.stdin)
  if (given.length === 0) throw usageFailure('Name the secret to sign with: --secret-env VAR.')
  for (const { name, text } of given) {
    const warning = secretWarning(scheme, text)
    if (warning !== null) context.output.note(escapeTerminal(`${name}: ${warning}`))
  }
  const secrets = given.map((secret) => ({ id: null, ...secret }))
  const world = await makeWorld({ scheme, url, secrets, settings })
  if ('problem' in world) throw usageFailure(escapeTerminal(world.problem))
  return world
}

/** Stopping it is not a failure of the handler, but nothing that CI should take for a success. */
async function run(context: Context, world: World, options: CheckOptions): Promise<CheckReport> {
  const { only, timeoutMs } = options
  const asked = {
    world,
    only,
    timeoutMs,
    verifyTls: !options.insecure,
    version: version(),
    signal: context.stopSignal(),
  }
  return runReported(newReport(0, asked), asked)
}

async function writeReports(report: CheckReport, { html, junit }: CheckOptions): Promise<void> {
  const files: readonly (readonly [string | undefined, ReportFormat])[] = [
    [html, 'html'],
    [junit, 'junit'],
  ]
  for (const [file, format] of files) {
    if (file === undefined) continue
    await writeFile(file, reportFile(report, format).text).catch((error: unknown) => {
      throw runtimeFailure(`${escapeTerminal(file)} cannot be written (${messageOf(error)}).`)
    })
  }
}
