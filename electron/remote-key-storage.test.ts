import { describe, expect, it } from 'vitest'
import { FromEngine, MAX_KEY_BYTES, ToEngine, type KeyRequest } from './engine-messages.ts'
import { RemoteKeyStorage } from './remote-key-storage.ts'

function asked(): { storage: RemoteKeyStorage; requests: KeyRequest[] } {
  const requests: KeyRequest[] = []
  return { storage: new RemoteKeyStorage((request) => requests.push(request)), requests }
}

const request = (bytes: Uint8Array) => ({ type: 'key-request', id: 1, action: 'wrap', bytes })

describe('RemoteKeyStorage', () => {
  it('gives each answer to the call that asked for it, in any order', async () => {
    const { storage, requests } = asked()
    const wrapped = storage.wrap(Uint8Array.of(1))
    const unwrapped = storage.unwrap(Uint8Array.of(2))
    expect(requests.map(({ action }) => action)).toEqual(['wrap', 'unwrap'])
    storage.answer(requests[1]?.id ?? 0, Uint8Array.of(20))
    storage.answer(requests[0]?.id ?? 0, null)
    await expect(unwrapped).resolves.toEqual(Uint8Array.of(20))
    await expect(wrapped).resolves.toBeNull()
  })

  it('ignores answers that nobody waits for', () => {
    expect(() => asked().storage.answer(7, Uint8Array.of(1))).not.toThrow()
  })
})

describe('messages about keys', () => {
  it('carry at least one byte and no more than a key needs', () => {
    expect(FromEngine.safeParse(request(new Uint8Array(32))).success).toBe(true)
    expect(FromEngine.safeParse(request(new Uint8Array(0))).success).toBe(false)
    expect(FromEngine.safeParse(request(new Uint8Array(MAX_KEY_BYTES + 1))).success).toBe(false)
  })

  it('are refused when they are of no known kind', () => {
    expect(ToEngine.safeParse({ type: 'exec', command: 'x' }).success).toBe(false)
  })
})
