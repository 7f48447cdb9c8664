/** Looks for a secret in every form, wherever a program may have left it. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

/** A secret as text, and its key bytes raw, as hex, base64 and base64url. */
export function formsOf(text: string): { name: string; bytes: Buffer }[] {
  const key = text.startsWith('whsec_')
    ? Buffer.from(text.slice('whsec_'.length), 'base64')
    : Buffer.from(text)
  const forms = {
    text,
    hex: key.toString('hex'),
    base64: key.toString('base64').replace(/=+$/, ''),
    base64url: key.toString('base64url'),
  }
  return [
    ...Object.entries(forms).map(([name, form]) => ({ name, bytes: Buffer.from(form) })),
    { name: 'raw', bytes: key },
    { name: 'HEX', bytes: Buffer.from(forms.hex.toUpperCase()) },
  ]
}

/** Every form of these secrets that stands in the bytes, such as `text of 1 in FILE`. */
export function foundIn(bytes: Uint8Array, where: string, secrets: readonly string[]): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return secrets.flatMap((secret, index) =>
    formsOf(secret).flatMap((form) =>
      buffer.includes(form.bytes) ? [`${form.name} of ${index + 1} in ${where}`] : [],
    ),
  )
}

/** All files below a folder, read whole. */
export function searchFolder(folder: string, secrets: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = path.join(folder, name)
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat?.isFile() ? foundIn(readFileSync(file), name, secrets) : []
  })
}

/** A process and all that came of it. */
function family(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const status = readProc(`/proc/${name}/status`).toString()
    parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0))
  }
  const found = [pid]
  for (const parent of found) {
    for (const [child, of] of parents)
      if (of === parent && !found.includes(child)) found.push(child)
  }
  return found
}

/** A process may end between being seen and being read. */
function readProc(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Arguments and environment of a process and its children (Linux). */
export function searchProcesses(pid: number, secrets: readonly string[]): string[] {
  return family(pid).flatMap((each) =>
    ['cmdline', 'environ'].flatMap((what) =>
      foundIn(readProc(`/proc/${each}/${what}`), `${what} of ${each}`, secrets),
    ),
  )
}

/** The page's heap: every string in it, after garbage is collected. */
export async function searchHeap(page: Page, secrets: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return foundIn(Buffer.from(chunks.join('')), 'the heap', secrets)
}
