import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Selection } from '#contract/selection.ts'
import type { ExportFormat, NewExport, Redaction, Transfer } from '#contract/transfer.ts'
import { api } from '#renderer/app/api.ts'
import { platform } from '#renderer/platform/platform.ts'
import { openSavedFile } from '#renderer/platform/save-stream.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { faceOf } from './formats.ts'
import { runExport } from './run-export.ts'

export interface ExportDraft {
  format: ExportFormat
  target: string
  url: string
  redacts: boolean
  /** Leaves in what senders themselves put into requests. */
  keepsCredentials: boolean
  jsonPaths: readonly string[]
  headers: readonly string[]
  resign: boolean
}

const FIRST: ExportDraft = {
  ...{
    format: 'ndjson',
    target: 'javascript-fetch',
    url: '',
    redacts: false,
    keepsCredentials: false,
  },
  ...{ jsonPaths: [], headers: [], resign: true },
}

export type Saving =
  | { state: 'idle' }
  | { state: 'running'; transfer: Transfer | null; stop: () => void }
  | { state: 'done'; transfer: Transfer }
  | { state: 'failed'; sentence: string }

function redactionOf(draft: ExportDraft): Redaction | null {
  const { redacts, jsonPaths, headers, resign } = draft
  return redacts ? { jsonPaths: [...jsonPaths], headers: [...headers], resign } : null
}

/** What the engine is asked for. */
export function requestOf(selection: Selection, draft: ExportDraft): NewExport {
  const { format, target, url } = draft
  const redaction = redactionOf(draft)
  const { hasUrl } = faceOf(format)
  return {
    selection,
    format,
    ...(format === 'code' && { target }),
    ...(hasUrl && url.trim() !== '' && { url: url.trim() }),
    ...(redaction && { redaction }),
    ...(draft.keepsCredentials && { credentials: 'kept' as const }),
  }
}

/** The choices of an export, and saving it. */
export function useExportForm(selection: Selection, first: ExportFormat | undefined) {
  const [draft, setDraft] = useState<ExportDraft>(first ? { ...FIRST, format: first } : FIRST)
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const targets = useQuery(api.transfers.codeTargets.queryOptions()).data ?? []
  const [stop, setStop] = useState<(() => void) | null>(null)
  // A dialog that is closed wants no file any more.
  useEffect(() => () => stop?.(), [stop])

  const change = (patch: Partial<ExportDraft>) => {
    setDraft({ ...draft, ...patch })
    if (saving.state !== 'running') setSaving({ state: 'idle' })
  }
  const save = async () => {
    const request = requestOf(selection, draft)
    const abort = new AbortController()
    const end = () => abort.abort()
    const file = await openSavedFile(suggestedName(draft, targets), (name, contents) =>
      platform.saveFile(name, contents),
    )
    if (file === null) return
    setStop(() => end)
    setSaving({ state: 'running', transfer: null, stop: end })
    try {
      const transfer = await runExport({
        ...{ request, sink: file, signal: abort.signal },
        onProgress: (now) => setSaving({ state: 'running', transfer: now, stop: end }),
      })
      await file.close()
      setSaving({ state: 'done', transfer })
    } catch (error) {
      await file.abort()
      if (abort.signal.aborted) setSaving({ state: 'idle' })
      else setSaving({ state: 'failed', sentence: errorSentence(error) })
    } finally {
      setStop(null)
    }
  }
  return { draft, change, saving, save, targets }
}

export type ExportForm = ReturnType<typeof useExportForm>

const endings: Readonly<Record<Exclude<ExportFormat, 'code'>, string>> = {
  ...{ ndjson: 'ndjson', har: 'har', raw: 'tar', 'curl-bash': 'sh', 'curl-powershell': 'ps1' },
  ...{ 'curl-cmd': 'cmd', postman: 'json', bruno: 'tar', 'http-file': 'http' },
}

const two = (part: number) => String(part).padStart(2, '0')

function suggestedName(
  { format, target }: ExportDraft,
  targets: readonly { id: string; language: string }[],
): string {
  const at = new Date()
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const language = targets.find(({ id }) => id === target)?.language ?? ''
  const ending = format === 'code' ? (codeEndings[language] ?? 'txt') : endings[format]
  return `countersign-${day}-${two(at.getHours())}${two(at.getMinutes())}.${ending}`
}

const codeEndings: Readonly<Record<string, string>> = {
  ...{ JavaScript: 'js', 'Node.js': 'js', Python: 'py', Go: 'go', PHP: 'php', Ruby: 'rb' },
  ...{ Java: 'java', Kotlin: 'kt', 'C#': 'cs', Rust: 'rs' },
}
