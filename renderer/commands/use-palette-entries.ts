import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { maskedTarget } from '#contract/credentials.ts'
import { api } from '#renderer/app/api.ts'
import { go, openDelivery } from '#renderer/app/location.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { useSavedFilters } from '#renderer/filter/use-saved-filters.ts'
import { platform } from '#renderer/platform/platform.ts'
import { formatClock } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { commands } from './command-list.ts'
import { useOwnKeys } from './keymap-store.ts'
import { keysOf } from './keymap.ts'
import type { PaletteEntry } from './palette-entries.ts'
import { commandsVersion, isAvailable, onCommandsChange, runCommand } from './registry.ts'

const RECENT_DELIVERIES = 8

/** The actions that something on the screen can do now. */
function useCommandEntries(): PaletteEntry[] {
  const own = useOwnKeys()
  useSyncExternalStore(onCommandsChange, commandsVersion)
  return commands
    .filter((command) => !command.keyOnly && isAvailable(command.id))
    .map((command) => ({
      id: command.id,
      group: command.group,
      title: command.title,
      keys: keysOf(command, own, platform.isMac),
      run: () => {
        runCommand(command.id)
      },
    }))
}

function useEndpointEntries(): PaletteEntry[] {
  return useEndpoints().map((endpoint) => ({
    id: `endpoint-${endpoint.id}`,
    group: 'Endpoints',
    title: visibleStart(endpoint.name, 80),
    detail: visibleStart(endpoint.path, 80),
    colour: endpoint.colour,
    run: () => go({ view: { kind: 'endpoint', id: endpoint.id }, query: '', deliveryId: null }),
  }))
}

function useFilterEntries(): PaletteEntry[] {
  return useSavedFilters().map((filter) => ({
    id: `filter-${filter.id}`,
    group: 'Saved filters',
    title: visibleStart(filter.name, 80),
    detail: visibleStart(filter.query, 80),
    run: () => go({ view: { kind: 'all' }, query: filter.query, deliveryId: null }),
  }))
}

function useSchemeEntries(): PaletteEntry[] {
  return useSchemes().map((scheme) => ({
    id: `scheme-${scheme.id}`,
    group: 'Schemes',
    title: scheme.name,
    detail: 'Scheme',
    onlyWhenTyped: true,
    run: () => go({ view: { kind: 'schemes', schemeId: scheme.id }, query: '', deliveryId: null }),
  }))
}

function useDeliveryEntries(typed: string): PaletteEntry[] {
  const recent = useQuery(
    api.deliveries.list.queryOptions({ input: { limit: RECENT_DELIVERIES } }),
  ).data
  const entries = (recent?.rows ?? []).map((row) => ({
    id: `delivery-${row.id}`,
    group: 'Newest deliveries',
    title: visibleStart(`${row.method} ${maskedTarget(row.target)}`, 80),
    detail: [formatClock(row.receivedAtMs), verdictLooks[row.verdict].word, row.eventType]
      .filter(Boolean)
      .join(' · '),
    run: () => openDelivery(row.id),
  }))
  const asked = /^\s*#?(\d{1,15})\s*$/.exec(typed)?.[1]
  if (asked === undefined) return entries
  const id = Number(asked)
  const jump = {
    id: `delivery-${id}`,
    group: 'Deliveries',
    title: `Open delivery ${id}`,
    run: () => openDelivery(id),
  }
  return [jump, ...entries.filter((entry) => entry.id !== jump.id)]
}

/** Everything that the palette can offer now. */
export function usePaletteEntries(typed: string, find: 'endpoints' | undefined): PaletteEntry[] {
  const actions = useCommandEntries()
  const endpoints = useEndpointEntries()
  const filters = useFilterEntries()
  const schemes = useSchemeEntries()
  const deliveries = useDeliveryEntries(typed)
  if (find === 'endpoints') return endpoints
  return [...actions, ...endpoints, ...filters, ...deliveries, ...schemes]
}
