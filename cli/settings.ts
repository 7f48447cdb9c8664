import type { SettingForm } from '#contract/scheme-parts.ts'
import { settingProblems } from '#contract/setting-problems.ts'
import { escapeTerminal } from './escape.ts'
import { usageFailure } from './failure.ts'

export type GivenSettings = ReadonlyArray<readonly [name: string, value: string]>

interface Whose {
  name: string
  settings?: readonly SettingForm[] | undefined
}

/**
 * The settings of a command line as values by name, checked against what the scheme knows and
 * needs. `have`: names that are set already, so that they need not be given again; what is given
 * empty is to be taken away.
 * @throws CommandFailure 2 for an unknown, unreadable or missing one
 */
export function readSettings(
  scheme: Whose | null,
  given: GivenSettings,
  have: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const values = Object.fromEntries(given)
  const known = new Set((scheme?.settings ?? []).map(({ name }) => name))
  const kept = Object.fromEntries(Object.entries(have).filter(([name]) => known.has(name)))
  const [problem] = settingProblems(scheme, { ...kept, ...values })
  if (!problem) return values
  const how = problem.code === 'missing' ? ` Give it with --setting ${problem.name}=VALUE.` : ''
  throw usageFailure(escapeTerminal(`${problem.sentence}${how}`))
}

/** What to say of secret settings on the command line, which other users can read; `null`: nothing. */
export function exposedSetting(scheme: Whose | null, given: GivenSettings): string | null {
  const secret = scheme?.settings?.find(
    ({ name, kind }) => kind === 'secret' && given.some(([each]) => each === name),
  )
  if (!secret) return null
  return `${secret.name} is a secret, and other users of this machine can read command lines. --setting-env ${secret.name}=VARIABLE takes it from the environment.`
}

/** `NAME=VARIABLE` pairs as settings, their values from the environment. */
export function settingsFromEnv(
  pairs: GivenSettings,
  env: Readonly<Record<string, string | undefined>>,
): GivenSettings {
  return pairs.map(([name, variable]) => {
    const value = env[variable]
    if (value) return [name, value]
    throw usageFailure(
      `The environment variable that --setting-env names for ${escapeTerminal(name)} is not set. Give it as NAME=VARIABLE.`,
    )
  })
}
