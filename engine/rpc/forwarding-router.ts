import type { ClientContext, ClientLink } from '@orpc/client'
import {
  isContractProcedure,
  type AnyContractProcedure,
  type AnyContractRouter,
} from '@orpc/contract'
import { implement, type AnyRouter } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { ApiRouter } from './control-socket.ts'

/**
 * The contract implemented by passing every call on to another engine, so that a shell which
 * attached to a running engine can offer its doors as if the engine were its own. Errors, Blobs and
 * event iterators go through as they are.
 */
export function forwardingRouter(link: ClientLink<ClientContext>): ApiRouter {
  const forward = (procedure: AnyContractProcedure, path: readonly string[]): AnyRouter =>
    implement(procedure).handler(({ input, signal }) =>
      link.call(path, input, { context: {}, ...(signal ? { signal } : {}) }),
    )
  const build = (contract: AnyContractRouter, path: readonly string[]): AnyRouter =>
    isContractProcedure(contract)
      ? forward(contract, path)
      : Object.fromEntries(
          Object.entries(contract).map(([name, inner]) => [name, build(inner, [...path, name])]),
        )
  return build(api, [])
}
