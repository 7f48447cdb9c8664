/** What is saved piece by piece. */
export interface SavedFile {
  write(piece: Blob): Promise<void>
  /** It is whole. */
  close(): Promise<void>
  /** Leaves nothing behind. */
  abort(): Promise<void>
}

interface FileHandle {
  createWritable(): Promise<{
    write(piece: Blob): Promise<void>
    close(): Promise<void>
    abort(): Promise<void>
  }>
}

declare global {
  interface Window {
    /** Only Chromium has it: https://wicg.github.io/file-system-access/ */
    showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileHandle>
  }
}

/**
 * A file on disk that the person chooses, written as pieces come; where there is no such thing the
 * pieces are collected (the browser keeps large ones on disk) and handed over whole.
 * `null`: the person chose none.
 */
export async function openSavedFile(
  name: string,
  saveWhole: (name: string, contents: Blob) => Promise<void>,
): Promise<SavedFile | null> {
  if (!window.showSaveFilePicker) return collected(name, saveWhole)
  try {
    const handle = await window.showSaveFilePicker({ suggestedName: name })
    const file = await handle.createWritable()
    return {
      write: (piece) => file.write(piece),
      close: () => file.close(),
      abort: () => file.abort(),
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    // A host that has the call but does not permit it.
    if (error instanceof DOMException) return collected(name, saveWhole)
    throw error
  }
}

function collected(
  name: string,
  saveWhole: (name: string, contents: Blob) => Promise<void>,
): SavedFile {
  let pieces: Blob[] = []
  return {
    write: (piece) => {
      pieces.push(piece)
      return Promise.resolve()
    },
    // The download goes on by itself; nobody waits for it.
    close: () => {
      saveWhole(name, new Blob(pieces)).catch(() => undefined)
      return Promise.resolve()
    },
    abort: () => {
      pieces = []
      return Promise.resolve()
    },
  }
}
