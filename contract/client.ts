import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink as MessagePortLink, type SupportedMessagePort } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Api } from './api.ts'

/**
 * Every call of the contract, typed. A call rejects with an `ORPCError`; `safe` and
 * `isDefinedError` of `@orpc/client` tell the contract's own errors (`NOT_FOUND`, `CONFLICT` …)
 * from a lost connection.
 */
export type ApiClient = ContractRouterClient<Api>

/** A door to an engine: it carries calls, and knows nothing of what they mean. */
export type ApiLink = ClientLink<ClientContext>

/** The part of a WebSocket that a link needs; the browser's and the `ws` package's both have it. */
export interface LinkableWebSocket {
  readonly readyState: 0 | 1 | 2 | 3
  send(data: string | Uint8Array<ArrayBuffer>): void
  addEventListener(type: string, listener: unknown, options?: unknown): void
  removeEventListener(type: string, listener: unknown, options?: unknown): void
}

export function createApiClient(link: ApiLink): ApiClient {
  return createORPCClient<ApiClient>(link)
}

/** Calls over a MessagePort. The port must be started by its owner (`port.start()`). */
export function messagePortLink(port: SupportedMessagePort): ApiLink {
  return new MessagePortLink({ port })
}

/** Calls over a WebSocket. Pending calls reject when it closes; a new socket needs a new link. */
export function webSocketLink(websocket: LinkableWebSocket): ApiLink {
  return new WebSocketLink({ websocket })
}
