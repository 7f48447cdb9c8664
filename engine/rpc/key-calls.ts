import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { Scheme } from '#contract/scheme.ts'
import { fetchCertificate } from '#engine/keys/fetch-certificate.ts'
import { type KeyAddress, keyAddressOf } from '#engine/signatures/key-address.ts'
import { makeTestKeyPair } from '#engine/signatures/test-key-pair.ts'
import { readWhole, WHOLE_BODY_BYTES } from '#engine/signatures/whole-body.ts'
import { reconfigured } from './reconfigured.ts'
import type { Rooms } from './rooms.ts'
import { LOCKED_MESSAGE, sealNew, secretInfo, secretName } from './secret-calls.ts'

const missing = (id: number) => ({ message: `There is no delivery ${id}.` })
const PAIR_NAME = 'test key pair'

/** The scheme of an endpoint's delivery and where its key would be asked for. */
async function offerFor(
  rooms: Rooms,
  delivery: Delivery,
): Promise<{ scheme: Scheme; address: KeyAddress | null } | null> {
  const { id, bodyByteLength, endpointId } = delivery
  const endpoint = rooms.roster.endpoints().find((each) => each.id === endpointId)
  const scheme = endpoint?.schemeId ? rooms.schemes.find(endpoint.schemeId) : null
  if (!scheme?.keySource) return null
  const length = Math.max(1, Math.min(bodyByteLength, WHOLE_BODY_BYTES))
  const bytes = await rooms.reads.run('body', { id, offset: 0, length })
  const whole = bytes && bytes.byteLength === bodyByteLength ? bytes : new Uint8Array(0)
  const body = readWhole({ byteLength: whole.byteLength, chunks: () => [whole] })
  return { scheme, address: keyAddressOf(scheme, delivery, body) }
}

/** Seals a key as a secret of the endpoint, under a name that none of its secrets has. */
function storeKey(rooms: Rooms, endpointId: number, name: string, text: string) {
  const sealed = sealNew(rooms.vault, endpointId, text)
  if (!sealed) return null
  const row = rooms.store.secrets.add(endpointId, name, ...sealed)
  reconfigured(rooms, endpointId)
  const endpoint = rooms.store.endpoints.get(endpointId)
  return secretInfo(rooms, row, endpoint?.schemeId ?? null)
}

/** The name itself, or with the first number that makes it nobody's. */
function freeName(rooms: Rooms, endpointId: number, wanted: string): string {
  return secretName(
    rooms.store.secrets.list(endpointId).map(({ name }) => name),
    wanted,
  )
}

export function keyCalls(rooms: Rooms, fetchKey: typeof fetchCertificate = fetchCertificate) {
  const os = implement(api)
  const { reads, roster } = rooms
  return {
    makeKeyPair: os.tools.makeKeyPair.handler(async ({ input, errors }) => {
      const { schemeId, endpointId } = input
      const scheme = rooms.schemes.find(schemeId)
      if (!scheme) throw errors.BAD_REQUEST({ message: `There is no scheme “${schemeId}”.` })
      const pair = await makeTestKeyPair(scheme)
      if (!pair) {
        const message = `${scheme.name} signs with a shared secret; there is no key pair to make.`
        throw errors.BAD_REQUEST({ message })
      }
      if (endpointId === null) return { ...pair, stored: null }
      if (!roster.endpoints().some(({ id }) => id === endpointId)) {
        throw errors.NOT_FOUND({ message: `There is no endpoint ${endpointId}.` })
      }
      const name = freeName(rooms, endpointId, PAIR_NAME)
      const stored = storeKey(rooms, endpointId, name, pair.privateKeyText)
      if (!stored) throw errors.LOCKED({ message: LOCKED_MESSAGE })
      return { publicKeyText: pair.publicKeyText, privateKeyText: null, stored }
    }),
    keyOffer: os.deliveries.keyOffer.handler(async ({ input, errors }) => {
      const delivery = await reads.run('get', input)
      if (!delivery) throw errors.NOT_FOUND(missing(input.id))
      const offer = await offerFor(rooms, delivery)
      if (!offer) return null
      const { scheme, address } = offer
      const sentence = scheme.keySource?.sentence ?? ''
      if (!address) return { host: null, sentence }
      return 'problem' in address
        ? { host: null, sentence: `${address.problem} ${sentence}` }
        : { host: address.host, sentence }
    }),
    fetchKey: os.deliveries.fetchKey.handler(async ({ input, errors }) => {
      const delivery = await reads.run('get', { id: input.id })
      if (!delivery) throw errors.NOT_FOUND(missing(input.id))
      const address = (await offerFor(rooms, delivery))?.address ?? null
      const { endpointId } = delivery
      if (!address || endpointId === null) {
        throw errors.BAD_REQUEST({ message: 'The key of this delivery is not fetched; paste it.' })
      }
      if ('problem' in address) throw errors.BAD_REQUEST({ message: address.problem })
      if (address.host !== input.host) {
        throw errors.BAD_REQUEST({ message: `This delivery’s key is at ${address.host}.` })
      }
      const fetched = await fetchKey(address.url, { nowMs: Date.now() })
      if ('problem' in fetched) throw errors.BAD_REQUEST({ message: fetched.problem })
      const until = new Date(fetched.validToMs).toISOString().slice(0, 10)
      const wanted = `${address.host.slice(0, 48)}, until ${until}`
      const known = roster.profileOf(endpointId).secrets.find(({ text }) => text === fetched.pem)
      const row = known?.id == null ? null : rooms.store.secrets.get(known.id)
      if (row) return secretInfo(rooms, row, delivery.schemeId)
      const name = freeName(rooms, endpointId, wanted)
      const stored = storeKey(rooms, endpointId, name, fetched.pem)
      if (!stored) throw errors.LOCKED({ message: LOCKED_MESSAGE })
      return stored
    }),
  }
}
