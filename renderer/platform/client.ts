import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Api } from '#contract/api.ts'

export type ApiClient = ContractRouterClient<Api>
export type Link = ClientLink<ClientContext>

/** The typed client of the contract over any link. */
export function createApiClient(link: Link): ApiClient {
  return createORPCClient(link)
}

export function linkOverPort(port: MessagePort): Link {
  return new PortLink({ port })
}

export function linkOverSocket(socket: WebSocket): Link {
  return new SocketLink({ websocket: socket })
}
