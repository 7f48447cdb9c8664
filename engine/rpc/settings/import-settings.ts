import type { ListenerTls } from '#contract/listener-tls.ts'
import type { SettingsChange } from '#contract/settings.ts'
import { readCredentials } from '#engine/listener/credentials.ts'
import type { LocalCa } from '#engine/local-ca/local-ca.ts'
import { refusedHost } from '#engine/rpc/host-calls.ts'
import type { Rooms } from '#engine/rpc/rooms.ts'
import { checkScheme } from '#engine/signatures/check-scheme.ts'
import type { PortableEndpoint, SettingsDocument } from './settings-document.ts'

/** The calls that an import makes, as anyone else would; each rejects with a sentence. */
export interface ImportCalls {
  saveScheme(scheme: unknown): Promise<unknown>
  createEndpoint(endpoint: PortableEndpoint): Promise<unknown>
  updateEndpoint(endpoint: PortableEndpoint & { id: number }): Promise<unknown>
  createFilter(filter: { name: string; query: string }): Promise<unknown>
  updateFilter(filter: { id: number; query: string }): Promise<unknown>
  updateSettings(change: SettingsChange): Promise<unknown>
  mergeKeymap(keymap: SettingsDocument['keymap']): Promise<unknown>
}

/** What was done and what was left, a sentence each. */
export interface ImportReport {
  done: string[]
  left: string[]
}

/** What is wrong with the own schemes of a document, before anything is changed; `null`: nothing. */
export function schemesProblem({ ownSchemes }: SettingsDocument): string | null {
  for (const [index, scheme] of ownSchemes.entries()) {
    const checked = checkScheme(scheme)
    if (!('problems' in checked)) continue
    const [first] = checked.problems
    return `Own scheme ${index + 1}: ${first?.path ? `${first.path}: ` : ''}${first?.sentence ?? 'unusable'}`
  }
  return null
}

/** Adds what is not here and replaces what is, each part for itself; never touches a secret. */
export async function importSettings(
  document: SettingsDocument,
  rooms: Pick<Rooms, 'store' | 'schemes' | 'settings' | 'localCa'>,
  calls: ImportCalls,
): Promise<ImportReport> {
  const report: ImportReport = { done: [], left: [] }
  const attempt = async (what: string, done: string, work: () => Promise<unknown>) => {
    try {
      await work()
      report.done.push(`${what}: ${done}.`)
      return true
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      report.left.push(`${what}: left as it is. ${why}`)
      return false
    }
  }
  for (const scheme of document.ownSchemes) {
    await attempt(`Scheme “${nameOf(scheme)}”`, 'saved', () => calls.saveScheme(scheme))
  }
  for (const endpoint of document.endpoints) await importEndpoint(endpoint)
  for (const { name, query } of document.savedFilters) {
    const what = `Filter “${name}”`
    const here = rooms.store.savedFilters
      .list()
      .find((filter) => filter.name.toLowerCase() === name.toLowerCase())
    if (!here) await attempt(what, 'added', () => calls.createFilter({ name, query }))
    else if (here.query !== query) {
      await attempt(what, 'replaced', () => calls.updateFilter({ id: here.id, query }))
    }
  }
  const keys = Object.keys(document.keymap).length
  if (keys > 0) {
    const done = keys === 1 ? 'the keys of one action set' : `the keys of ${keys} actions set`
    await attempt('Shortcuts', done, () => calls.mergeKeymap(document.keymap))
  }
  await importSections()
  return report

  async function importEndpoint(given: PortableEndpoint): Promise<void> {
    const what = `Endpoint “${given.name}”`
    const here = rooms.store.endpoints.list().find(({ name }) => name === given.name)
    const { settings, dropped } = withoutSecretOnes(given, rooms)
    const { forwarding, off } = withoutForeignTargets(given, rooms)
    const endpoint = { ...given, settings, forwarding }
    const known = here
      ? await attempt(what, 'replaced; its secrets stay', () =>
          calls.updateEndpoint({ ...endpoint, id: here.id }),
        )
      : await attempt(what, 'added', () => calls.createEndpoint(endpoint))
    if (!known) return
    if (!here && given.schemeId !== null) {
      report.left.push(`${what}: secrets are not part of an export; add them.`)
    }
    for (const url of off) {
      report.left.push(
        `${what}: forwarding to ${url} is off; allow its host, then turn the target on.`,
      )
    }
    for (const name of dropped) {
      report.left.push(`${what}: the setting “${name}” is secret here; set it by hand.`)
    }
  }

  async function importSections(): Promise<void> {
    const { listener, retention, notifications } = document.settings
    const { tls, ...place } = listener
    await attempt('Retention', 'set', () => calls.updateSettings({ retention }))
    await attempt('Notifications', 'set', () => calls.updateSettings({ notifications }))
    const usable = tls === null || (await areUsable(tls, rooms.localCa))
    if (!usable) {
      report.left.push(
        'certificateFile' in tls
          ? `HTTPS: left as it is. The files ${tls.certificateFile} and ${tls.keyFile} are not usable on this machine.`
          : 'HTTPS: left as it is. It needs a local authority that may sign for its names; make one in Settings, HTTPS.',
      )
    }
    const change = usable ? listener : place
    await attempt('Listener', 'set', () => calls.updateSettings({ listener: change }))
  }
}

/** A scheme may have made a setting secret since the export: then it is none of an import's. */
function withoutSecretOnes(
  { schemeId, settings }: PortableEndpoint,
  { schemes }: Pick<Rooms, 'schemes'>,
): { settings: Record<string, string>; dropped: string[] } {
  const scheme = schemeId === null ? null : schemes.find(schemeId)
  const secret = new Set(
    (scheme?.settings ?? []).flatMap(({ name, kind }) => (kind === 'secret' ? [name] : [])),
  )
  const entries = Object.entries(settings)
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !secret.has(name))),
    dropped: entries.flatMap(([name]) => (secret.has(name) ? [name] : [])),
  }
}

/** A file may not decide where deliveries go beyond this computer: such targets come in turned off. */
function withoutForeignTargets(
  { forwarding }: PortableEndpoint,
  rooms: Pick<Rooms, 'store'>,
): { forwarding: PortableEndpoint['forwarding']; off: string[] } {
  if (forwarding === null) return { forwarding, off: [] }
  const refused = forwarding.targets.filter(
    ({ url, enabled }) => enabled && refusedHost(rooms, url) !== null,
  )
  const targets = forwarding.targets.map((target) =>
    refused.includes(target) ? { ...target, enabled: false } : target,
  )
  return { forwarding: { ...forwarding, targets }, off: refused.map(({ url }) => url) }
}

async function areUsable(tls: ListenerTls, localCa: LocalCa): Promise<boolean> {
  const read = async () =>
    'certificateFile' in tls ? readCredentials(tls) : localCa.credentials(tls.hostNames)
  return read().then(
    () => true,
    () => false,
  )
}

function nameOf(scheme: unknown): string {
  if (typeof scheme !== 'object' || scheme === null || !('name' in scheme)) return ''
  return String(scheme.name)
}
