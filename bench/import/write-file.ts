import { madeLines } from './made-lines.ts'

/**
 * Writes an NDJSON file of about so many bytes to standard output, as fast as it is taken. A process
 * of its own: what it needs is not counted as what importing needs.
 */
const mostBytes = Number(process.argv[2])

// Whoever reads has had enough.
process.stdout.on('error', () => process.exit())

let bytes = 0
let held: string[] = []
let heldBytes = 0
for (const line of madeLines()) {
  const text = `${JSON.stringify(line)}\n`
  held.push(text)
  heldBytes += text.length
  if (heldBytes < 256 * 1024) continue
  const room = process.stdout.write(held.join(''))
  bytes += heldBytes
  held = []
  heldBytes = 0
  if (bytes >= mostBytes) break
  if (!room) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
