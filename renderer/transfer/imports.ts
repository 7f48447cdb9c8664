import { useSyncExternalStore } from 'react'
import type { Transfer } from '#contract/transfer.ts'
import { client } from '#renderer/app/api.ts'
import { errorSentence } from '#renderer/words/errors.ts'

/** A file that this page imports, or imported. */
export interface FileImport {
  readonly key: number
  readonly name: string
  readonly byteLength: number
  /** `null`: it waits for its turn. */
  readonly transfer: Transfer | null
  /** The engine could not be asked. */
  readonly problem: string | null
  readonly over: boolean
}

const PIECE_BYTES = 1024 * 1024

let imports: readonly FileImport[] = []
let lastKey = 0
let turn: Promise<void> = Promise.resolve()
const stopped = new Set<number>()
const listeners = new Set<() => void>()

function tell(next: readonly FileImport[]): void {
  imports = next
  for (const listener of listeners) listener()
}

function change(key: number, patch: Partial<FileImport>): void {
  tell(imports.map((each) => (each.key === key ? { ...each, ...patch } : each)))
}

/** Imports files one after another; what is over is kept until it is dismissed. */
export function importFiles(files: readonly File[]): void {
  const added = files.map((file) => ({ file, key: ++lastKey }))
  tell([
    ...imports.filter(({ over }) => !over),
    ...added.map(({ file, key }) => ({
      ...{ key, name: file.name, byteLength: file.size, transfer: null, problem: null },
      over: false,
    })),
  ])
  for (const { file, key } of added) {
    turn = turn.then(async () => importFile(file, key))
  }
}

async function importFile(file: File, key: number): Promise<void> {
  try {
    const transfer = await send(file, key)
    change(key, { transfer, over: true })
  } catch (error) {
    change(key, { problem: errorSentence(error), over: true })
  }
  stopped.delete(key)
}

async function send(file: File, key: number): Promise<Transfer | null> {
  if (stopped.has(key)) return null
  const begun = await client.transfers.beginImport({ name: file.name, byteLength: file.size })
  const { id } = begun
  change(key, { transfer: begun })
  let transfer = begun
  for (let offset = 0; offset < file.size && transfer.state === 'running'; offset += PIECE_BYTES) {
    if (stopped.has(key)) break
    const piece = file.slice(offset, offset + PIECE_BYTES)
    transfer = await client.transfers.write({ id, offset, piece })
    change(key, { transfer })
  }
  if (stopped.has(key)) await client.transfers.cancel({ id })
  else if (transfer.state === 'running') transfer = await client.transfers.finish({ id })
  const last = await client.transfers.get({ id })
  await client.transfers.cancel({ id })
  return last
}

/** What is stored stays. */
export function stopImport(key: number): void {
  stopped.add(key)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useImports(): readonly FileImport[] {
  return useSyncExternalStore(subscribe, () => imports)
}
