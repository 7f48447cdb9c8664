import { randomUUID } from 'node:crypto'
import type { Endpoint, SettingValues } from '#contract/endpoint.ts'
import type { Scheme } from '#contract/scheme.ts'
import { settingProblems } from '#contract/setting-problems.ts'
import { settingContext } from '#engine/secrets/seal-contexts.ts'
import type { Vault } from '#engine/secrets/vault.ts'
import type { SettingChange, SettingRow } from '#engine/store/types.ts'

/** What the API tells of an endpoint's settings: of the secret ones only that they are set. */
export function settingsShape(
  rows: readonly SettingRow[],
): Pick<Endpoint, 'settings' | 'secretSettings'> {
  return {
    settings: Object.fromEntries(
      rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
    ),
    secretSettings: rows.flatMap(({ name, value }) => (value === null ? [name] : [])),
  }
}

/** The names of secret settings that cannot be unsealed. */
export function lockedSettings(
  rows: readonly SettingRow[],
  vault: Pick<Vault, 'unseal'>,
): string[] {
  return rows.flatMap((row) => {
    const opens = row.sealed === null || 'text' in vault.unseal(row.sealed, settingContext(row))
    return opens ? [] : [row.name]
  })
}

/** A secret setting that is kept counts as given, whatever its text. */
const KEPT = 'kept'

/**
 * The changes that bring an endpoint's settings to what is asked for: values that are given are
 * set, `null` and empty ones taken away, and so are those that the scheme does not know.
 * `problem` says in one sentence what is wrong with them.
 * @param urlIsKnown there is a public URL, by which what comes here was called
 */
export function wantedSettings(
  scheme: Scheme | null,
  have: readonly SettingRow[],
  given: SettingValues,
  urlIsKnown: boolean,
): { set: [name: string, text: string][]; drop: string[] } | { problem: string } {
  const forms = new Map((scheme?.settings ?? []).map((form) => [form.name, form]))
  const fits = ({ name, value }: SettingRow) => {
    const form = forms.get(name)
    return form !== undefined && (form.kind === 'secret') === (value === null)
  }
  const kept = have.filter((row) => fits(row) && !(row.name in given))
  const set = Object.entries(given).flatMap(([name, value]): [string, string][] =>
    value === null || value === '' ? [] : [[name, value]],
  )
  const all = { ...Object.fromEntries(kept.map(({ name, value }) => [name, value ?? KEPT])) }
  const values = { ...all, ...Object.fromEntries(set) }
  const [problem] = settingProblems(scheme, values, urlIsKnown)
  if (problem) return { problem: problem.sentence }
  const stays = new Set([...kept.map(({ name }) => name), ...set.map(([name]) => name)])
  return { set, drop: have.flatMap(({ name }) => (stays.has(name) ? [] : [name])) }
}

/** The same as changes for the store, secret ones sealed; `null`: the vault is locked. */
export function sealSettings(
  vault: Pick<Vault, 'seal'>,
  scheme: Scheme | null,
  endpointId: number,
  { set, drop }: { set: readonly [name: string, text: string][]; drop: readonly string[] },
): SettingChange[] | null {
  const changes: SettingChange[] = drop.map((name) => ({ name, to: null }))
  for (const [name, text] of set) {
    const form = scheme?.settings?.find((one) => one.name === name)
    if (form?.kind !== 'secret') {
      changes.push({ name, to: { value: text } })
      continue
    }
    const sealContext = randomUUID()
    const sealed = vault.seal(text, settingContext({ endpointId, name, sealContext }))
    if (sealed === null) return null
    changes.push({ name, to: { sealed, sealContext } })
  }
  return changes
}
