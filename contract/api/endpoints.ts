import { Answering } from '#contract/answering.ts'
import { Forwarding } from '#contract/forwarding.ts'
import {
  Endpoint,
  EndpointName,
  EndpointPath,
  NewEndpoint,
  NewSecret,
  SecretInfo,
  SecretUsage,
  SettingValues,
} from '#contract/endpoint.ts'
import { GivenTolerance } from '#contract/verification.ts'
import { z } from 'zod'
import { base, Id } from './base.ts'
import { sending } from './replays.ts'

export const endpointsApi = {
  list: base.route({ method: 'GET', path: '/endpoints' }).output(z.array(Endpoint)),
  create: sending.route({ method: 'POST', path: '/endpoints' }).input(NewEndpoint).output(Endpoint),
  update: sending
    .route({ method: 'PATCH', path: '/endpoints/{id}' })
    .input(
      Id.extend({
        name: EndpointName.optional(),
        path: EndpointPath.optional(),
        schemeId: z.string().max(60).nullable().optional(),
        tolerance: GivenTolerance.nullable().optional(),
        /** Only the named ones change. */
        settings: SettingValues.optional(),
        answerChallenges: z.boolean().optional(),
        answering: Answering.nullable().optional(),
        forwarding: Forwarding.nullable().optional(),
      }),
    )
    .output(Endpoint),
  /** Its deliveries stay. */
  remove: base.route({ method: 'DELETE', path: '/endpoints/{id}' }).input(Id).output(z.object({})),
  /** What each secret of the endpoint verified lately, in the order of its secrets. */
  secretUsage: base
    .route({ method: 'GET', path: '/endpoints/{id}/secret-usage' })
    .input(Id)
    .output(z.array(SecretUsage)),
}

export const secretsApi = {
  add: base
    .route({ method: 'POST', path: '/endpoints/{endpointId}/secrets' })
    .input(NewSecret.extend({ endpointId: z.coerce.number().int() }))
    .output(SecretInfo),
  replace: base
    .route({ method: 'PUT', path: '/secrets/{id}' })
    .input(NewSecret.extend(Id.shape))
    .output(SecretInfo),
  remove: base.route({ method: 'DELETE', path: '/secrets/{id}' }).input(Id).output(z.object({})),
  /** The only call that lets a stored secret out. */
  reveal: base
    .route({ method: 'POST', path: '/secrets/{id}/reveal' })
    .input(Id)
    .output(z.object({ text: z.string() })),
}
