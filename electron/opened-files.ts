import { open, stat } from 'node:fs/promises'
import { basename, extname, isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ApiClient } from '#contract/client.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import type { Transfer } from '#contract/transfer.ts'
import { parseUrl } from './origin.ts'

/** What the package tells the OS that Countersign opens (build/electron-builder.ts). */
export const OPENED_EXTENSIONS = ['.countersign', '.har'] as const
/** More were never meant. */
const MOST_FILES = 20

/** Whether the OS may hand us that file; its content is looked at by the import. */
export function isOpenedFile(path: string): boolean {
  const extension = extname(path).toLowerCase()
  return OPENED_EXTENSIONS.some((each) => each === extension)
}

/**
 * The files among a program's arguments, absolute; desktops on Linux pass `file:` URLs (`%U`).
 *
 * @param folder what relative ones are relative to
 */
export function filesOfArguments(argv: readonly string[], folder: string): string[] {
  return argv
    .filter((argument) => !argument.startsWith('-'))
    .flatMap((argument) => localPath(argument, folder) ?? [])
    .filter(isOpenedFile)
    .slice(0, MOST_FILES)
}

function localPath(argument: string, folder: string): string | null {
  if (isAbsolute(argument)) return argument
  const url = parseUrl(argument)
  if (url === null) return resolve(folder, argument)
  if (url.protocol !== 'file:' || url.host !== '') return null
  try {
    return fileURLToPath(url)
  } catch {
    // Such as an encoded slash: no path of this system.
    return null
  }
}

/**
 * Imports a file as the page would, a piece at a time. It is shown among the imports that run,
 * where it can be stopped.
 *
 * @returns how it ended
 */
export async function importOpenedFile(client: ApiClient, file: string): Promise<Transfer> {
  const facts = await stat(file)
  if (!facts.isFile()) throw new Error(`${basename(file)} is no file.`)
  const handle = await open(file, 'r')
  try {
    const begun = await client.transfers.beginImport({
      name: basename(file).slice(0, 500),
      byteLength: facts.size,
    })
    return await sendPieces(client, begun, handle)
  } finally {
    await handle.close()
  }
}

async function sendPieces(
  client: ApiClient,
  begun: Transfer,
  handle: Awaited<ReturnType<typeof open>>,
): Promise<Transfer> {
  const { id } = begun
  let transfer = begun
  for (let offset = 0; transfer.state === 'running';) {
    const piece = await handle.read(Buffer.alloc(MAX_RANGE_BYTES), 0, MAX_RANGE_BYTES, offset)
    if (piece.bytesRead === 0) break
    const bytes = new Blob([piece.buffer.subarray(0, piece.bytesRead)])
    transfer = await client.transfers.write({ id, offset, piece: bytes })
    offset += piece.bytesRead
  }
  if (transfer.state === 'running') await client.transfers.finish({ id })
  const last = await client.transfers.get({ id })
  await client.transfers.cancel({ id })
  return last
}
