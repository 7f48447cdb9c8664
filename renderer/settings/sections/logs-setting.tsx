import { useMutation, useQuery } from '@tanstack/react-query'
import { ClipboardCopy } from 'lucide-react'
import { useState } from 'react'
import type { LogLine } from '#contract/log.ts'
import { api, client } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { Setting } from '#renderer/settings/setting.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

const SHOWN_LINES = 50

function textOf({ at, level, from, event, ...facts }: LogLine): string {
  const rest = Object.keys(facts).length === 0 ? '' : `  ${JSON.stringify(facts)}`
  return `${at}  ${level.padEnd(5)}  ${from}: ${event}${rest}`
}

/** Where the log lies, its newest lines, and all that helps somebody to help. */
export function LogsSetting() {
  const [shown, setShown] = useState(false)
  const input = { limit: SHOWN_LINES }
  const log = useQuery({ ...api.logs.recent.queryOptions({ input }), staleTime: 0 }).data
  const copy = useMutation({
    mutationFn: async () => platform.copyText((await client.logs.diagnostics()).text),
  })
  if (!log) return null
  return (
    <Setting
      id="logs"
      hint="What Countersign did and what failed, 12 MiB at most for each process. No bodies, secrets, signatures, header values or queries, unless a start was told to with --log-bodies."
    >
      <p className="flex items-center gap-1">
        <span className="wire selectable min-w-0 break-all">{log.folder}</span>
        <CopyButton text={log.folder} label="Copy log folder" />
      </p>
      <div className="flex items-center gap-2">
        <Button onPress={() => setShown(!shown)}>
          {shown ? 'Hide the newest lines' : 'Show the newest lines'}
        </Button>
        <Button icon={ClipboardCopy} isDisabled={copy.isPending} onPress={() => copy.mutate()}>
          Copy diagnostics
        </Button>
        <span role="status" className="text-sm text-ink-2">
          {copy.isSuccess && 'Copied: version, system, problems and the newest lines.'}
          {copy.error && errorSentence(copy.error)}
        </span>
      </div>
      {shown && (
        <pre
          tabIndex={0}
          aria-label="Newest lines of the log"
          className="wire max-h-72 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 whitespace-pre-wrap"
        >
          {log.lines.length === 0
            ? 'Nothing yet.'
            : log.lines.map((line) => visibleStart(textOf(line), 2000)).join('\n')}
        </pre>
      )}
    </Setting>
  )
}
