import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'

/**
 * The key with which feeds of updates are signed (Ed25519).
 *
 *   node build/feed-key.ts --make            prints a pair; the private half belongs into a secret
 *   node build/feed-key.ts --sign [FOLDER]   signs latest*.yml there (release/), with the private
 *                                            half from COUNTERSIGN_FEED_KEY (base64, PKCS 8)
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { make: { type: 'boolean', default: false }, sign: { type: 'boolean', default: false } },
})
if (values.make) make()
else if (values.sign) signFeeds(positionals[0] ?? 'release')
else throw new Error('node build/feed-key.ts --make | --sign [FOLDER]')

function make(): void {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  console.log(
    `COUNTERSIGN_FEED_PUBLIC_KEY=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  )
  console.log(
    `COUNTERSIGN_FEED_KEY=${privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')}`,
  )
}

function signFeeds(folder: string): void {
  const text = process.env['COUNTERSIGN_FEED_KEY']
  if (text === undefined || text === '') throw new Error('COUNTERSIGN_FEED_KEY is not set.')
  const key = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  refuseOtherKey(key)
  const feeds = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name))
  if (feeds.length === 0) throw new Error(`${folder} has no latest*.yml.`)
  for (const name of feeds) {
    const signature = sign(null, readFileSync(path.join(folder, name)), key)
    writeFileSync(path.join(folder, `${name}.sig`), `${signature.toString('base64')}\n`)
    console.log(`signed ${name}`)
  }
}

/** The programs that were built believe the public half that they were given, and no other. */
function refuseOtherKey(key: ReturnType<typeof createPrivateKey>): void {
  const wanted = process.env['COUNTERSIGN_FEED_PUBLIC_KEY']
  const own = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
  if (wanted !== undefined && wanted !== '' && wanted !== own) {
    throw new Error('COUNTERSIGN_FEED_KEY is not the other half of COUNTERSIGN_FEED_PUBLIC_KEY.')
  }
}
