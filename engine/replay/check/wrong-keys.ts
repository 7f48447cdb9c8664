import { createSecretKey, generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Scheme } from '#contract/scheme.ts'
import { isCredential } from '#contract/credential.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { usesPublicKey } from '#engine/signatures/secret.ts'
import type { PreparedSecret } from '#engine/signatures/types.ts'
import { bareSignature } from './edits.ts'
import { signedRequest } from './sign-request.ts'
import type { World } from './world.ts'

const generate = promisify(generateKeyPair)

/** A key of the right form that nobody else has. */
export async function wrongSecretFor(
  scheme: Scheme,
  like: Pick<PreparedSecret, 'form'>,
): Promise<PreparedSecret> {
  const base = { id: null, name: 'a secret of nobody', form: like.form }
  if (usesPublicKey(scheme)) {
    const { publicKey, privateKey } = await otherPair(scheme)
    return { ...base, text: '', keyText: '', key: publicKey, privateKey }
  }
  const bytes = randomBytes(32)
  const text = bytes.toString('hex')
  const keyText = scheme.algorithm === 'basic-auth' ? `user:${text}` : text
  return { ...base, text: keyText, keyText, key: createSecretKey(bytes), privateKey: null }
}

/** What a handler signs with whose secret is not configured; `null`: the scheme has key pairs. */
export function emptySecret({ scheme, signers }: World): PreparedSecret | null {
  const [first] = signers
  if (!first || usesPublicKey(scheme)) return null
  const text = scheme.algorithm === 'basic-auth' ? ':' : ''
  const key = createSecretKey(Buffer.alloc(0))
  return {
    id: null,
    name: 'no secret',
    form: first.form,
    text,
    keyText: text,
    key,
    privateKey: null,
  }
}

/** A signature of the right form for the same request, made with a wrong key. */
export function otherSignature(world: World, request: OutgoingRequest): string | null {
  const { wrongSecret: secret } = world
  const made = signedRequest(world, { secret, body: () => request.body, sampleId: true })
  const signature = 'problem' in made ? null : bareSignature(world, made)
  return isCredential(world.scheme) && signature === null ? secret.keyText : signature
}

function otherPair({ algorithm }: Scheme) {
  if (algorithm === 'ed25519') return generate('ed25519')
  if (algorithm === 'ecdsa-p256-sha256') return generate('ec', { namedCurve: 'prime256v1' })
  return generate('rsa', { modulusLength: 2048 })
}
