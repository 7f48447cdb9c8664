import { CheckCase, CheckReport, CheckSummary, NewCheck } from '#contract/check.ts'
import { Composed, NewComposed, SampleEvent } from '#contract/compose.ts'
import { Fixture, FixtureResult, RunFixtures, SaveFixtures } from '#contract/fixture.ts'
import { Replay, ReplayPreview } from '#contract/replay.ts'
import { z } from 'zod'
import { base, Id } from './base.ts'
import { sending } from './replays.ts'

export const composeApi = {
  /** Events of a provider; plain JSON webhooks without a scheme. */
  samples: base
    .route({ method: 'GET', path: '/compose/samples' })
    .input(z.object({ schemeId: z.string().max(60).nullable().default(null) }))
    .output(z.array(SampleEvent)),
  preview: base
    .route({ method: 'POST', path: '/compose/preview' })
    .input(NewComposed)
    .output(ReplayPreview),
  /** Resolves when the last answer is stored. */
  send: sending
    .route({ method: 'POST', path: '/compose' })
    .input(NewComposed)
    .output(z.object({ composedId: z.number(), replays: z.array(Replay) })),
  /** Newest first. */
  history: base
    .route({ method: 'GET', path: '/compose/history' })
    .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(Composed)),
  forget: base
    .route({ method: 'DELETE', path: '/compose/history/{id}' })
    .input(Id)
    .output(z.object({})),
}

export const checksApi = {
  /** The battery for a scheme, with what does not apply left out. */
  cases: base
    .route({ method: 'GET', path: '/check-cases' })
    .input(z.object({ schemeId: z.string().max(60) }))
    .output(z.array(CheckCase)),
  /** Begins it; `get` tells how it goes. */
  start: sending.route({ method: 'POST', path: '/checks' }).input(NewCheck).output(CheckReport),
  get: base.route({ method: 'GET', path: '/checks/{id}' }).input(Id).output(CheckReport),
  /** Newest first. */
  list: base
    .route({ method: 'GET', path: '/checks' })
    .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(CheckSummary)),
  cancel: base
    .route({ method: 'POST', path: '/checks/{id}/cancel' })
    .input(Id)
    .output(z.object({})),
  remove: base.route({ method: 'DELETE', path: '/checks/{id}' }).input(Id).output(z.object({})),
  /** The report as a page or a file of its own, without any secret. */
  report: base
    .route({ method: 'GET', path: '/checks/{id}/report' })
    .input(Id.extend({ format: z.enum(['html', 'json', 'junit']) }))
    .output(z.object({ name: z.string(), mediaType: z.string(), text: z.string() })),
}

export const fixturesApi = {
  /** Writes files; refuses to replace one that is no fixture. */
  save: base
    .route({ method: 'POST', path: '/fixtures' })
    .input(SaveFixtures)
    .output(z.object({ files: z.array(z.string()), warnings: z.array(z.string()) })),
  list: base
    .route({ method: 'GET', path: '/fixtures' })
    .input(z.object({ dir: z.string().max(4_000) }))
    .output(
      z.array(
        z.object({ name: z.string(), fixture: Fixture.nullable(), problem: z.string().nullable() }),
      ),
    ),
  run: sending
    .route({ method: 'POST', path: '/fixtures/run' })
    .input(RunFixtures)
    .output(z.array(FixtureResult)),
}
