import { eventIterator } from '@orpc/contract'
import { NewSavedFilter, SavedFilter } from '#contract/saved-filter.ts'
import { Keymap, Settings, SettingsChange } from '#contract/settings.ts'
import { Change, Status } from '#contract/status.ts'
import { z } from 'zod'
import { base, Id } from './base.ts'

export const statusApi = {
  get: base.route({ method: 'GET', path: '/status' }).output(Status),
  /** Subscribe first, then take a snapshot; refetch when `fromSeq` leaves a gap. */
  changes: base.route({ method: 'GET', path: '/changes' }).output(eventIterator(Change)),
}

export const settingsApi = {
  get: base.route({ method: 'GET', path: '/settings' }).output(Settings),
  /** Applies at once; BAD_REQUEST says what cannot be, and then nothing is changed. */
  update: base.route({ method: 'PATCH', path: '/settings' }).input(SettingsChange).output(Settings),
  /** What is stored now, as far as it is indexed; bytes are those of bodies and headers. */
  stored: base
    .route({ method: 'GET', path: '/settings/stored' })
    .output(z.object({ deliveries: z.number(), bytes: z.number() })),
  /** Settings, endpoints (without secrets), saved filters, own schemes and keys, as JSON. */
  export: base
    .route({ method: 'GET', path: '/settings/export' })
    .output(z.object({ name: z.string(), json: z.string() })),
  /** Adds what is not here and replaces what is; tells what it did, a sentence each. */
  import: base
    .route({ method: 'POST', path: '/settings/import' })
    .input(z.object({ json: z.string().max(5_000_000) }))
    .output(z.object({ done: z.array(z.string()), left: z.array(z.string()) })),
  /** From `keymap.json` in the data directory; `problem`: why the file is not used. */
  keymap: base
    .route({ method: 'GET', path: '/keymap' })
    .output(z.object({ file: z.string(), keymap: Keymap, problem: z.string().nullable() })),
  setKeymap: base
    .route({ method: 'PUT', path: '/keymap' })
    .input(z.object({ keymap: Keymap }))
    .output(z.object({})),
}

export const savedFiltersApi = {
  list: base.route({ method: 'GET', path: '/saved-filters' }).output(z.array(SavedFilter)),
  create: base
    .route({ method: 'POST', path: '/saved-filters' })
    .input(NewSavedFilter)
    .output(SavedFilter),
  update: base
    .route({ method: 'PATCH', path: '/saved-filters/{id}' })
    .input(Id.extend(NewSavedFilter.partial().shape))
    .output(SavedFilter),
  /** All of them in their new order. */
  arrange: base
    .route({ method: 'PUT', path: '/saved-filters/order' })
    .input(z.object({ ids: z.array(z.number().int()).max(10_000) }))
    .output(z.object({})),
  remove: base
    .route({ method: 'DELETE', path: '/saved-filters/{id}' })
    .input(Id)
    .output(z.object({})),
}
