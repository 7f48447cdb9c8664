import type { Keymap } from '#contract/settings.ts'
import { settingsShape } from '#engine/rpc/endpoint-settings.ts'
import type { Rooms } from '#engine/rpc/rooms.ts'
import type { SettingsDocument } from './settings-document.ts'

/** Everything that people set up here, but for secrets and what arrived. */
export function exportSettings(
  { settings, store, schemes }: Pick<Rooms, 'settings' | 'store' | 'schemes'>,
  keymap: Keymap,
): SettingsDocument {
  return {
    format: 'countersign-settings',
    version: 1,
    settings: settings.get(),
    endpoints: store.endpoints.list().map((endpoint) => ({
      name: endpoint.name,
      path: endpoint.path,
      schemeId: endpoint.schemeId,
      tolerance: endpoint.tolerance,
      settings: settingsShape(store.endpointSettings.list(endpoint.id)).settings,
      answerChallenges: endpoint.answerChallenges,
      answering: endpoint.answering,
      forwarding: endpoint.forwarding,
    })),
    savedFilters: store.savedFilters.list().map(({ name, query }) => ({ name, query })),
    ownSchemes: [...schemes.own()],
    keymap,
  }
}
