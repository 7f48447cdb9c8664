import { FileUp } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openDialog, showDialog } from '#renderer/app/dialogs.ts'
import { importFiles } from './imports.ts'

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false
}

function take(files: FileList | undefined): boolean {
  if (!files || files.length === 0) return false
  importFiles([...files])
  showDialog({ kind: 'import' })
  return true
}

/** Something else is open that may want the file itself, such as a body that is edited. */
function isElsewhere(): boolean {
  const open = openDialog()
  return open !== null && open.kind !== 'import'
}

/** Files that are dropped on the window or pasted into it are imported. */
export function FileDrop() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer) || isElsewhere()) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // Out of the window, not onto another part of it.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      if (!hasFiles(event.dataTransfer) || isElsewhere()) return
      event.preventDefault()
      take(event.dataTransfer?.files)
    }
    const paste = (event: ClipboardEvent) => {
      if (isElsewhere()) return
      if (take(event.clipboardData?.files)) event.preventDefault()
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-scrim">
      <p className="float-shadow flex items-center gap-3 rounded-lg border border-accent bg-raised px-6 py-4 text-lg font-semibold">
        <FileUp size={20} aria-hidden className="text-accent" /> Drop to import deliveries
      </p>
    </div>
  )
}
