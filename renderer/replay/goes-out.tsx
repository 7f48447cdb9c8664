import { CircleX, Globe, RotateCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { maskedBodyText, maskedTarget } from '#contract/credentials.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import type { RawHeader } from '#contract/http.ts'
import type { ReplayPreview } from '#contract/replay.ts'
import { Verdict } from '#contract/verdict.ts'
import { looksBinary, textOfBytes } from '#renderer/body/text-of-bytes.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout, Chip, VerdictMark } from '#renderer/controls/marks.tsx'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { changedWords } from './changed-words.ts'

/** So much of the body is shown; the editor has all of it. */
const SHOWN_BYTES = 4_000

/** What a receiver with the endpoint's secrets would say of it. */
function Judgement({ verdict, whose }: { verdict: string | null; whose: string }) {
  const known = Verdict.safeParse(verdict)
  return (
    <div className="flex flex-col gap-1">
      <h3 className="text-sm text-ink-3">A receiver with {whose} would say</h3>
      {known.success ? (
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <VerdictMark verdict={known.data} soft />
          <span className="text-ink-2">{verdictLooks[known.data].meaning}.</span>
        </p>
      ) : (
        <p className="text-ink-2">Nothing: without a scheme it cannot be checked.</p>
      )}
    </div>
  )
}

/** The first of the body as text; `null`: it is none. */
function useStart(body: Blob): string | null {
  const [start, setStart] = useState<string | null>('')
  useEffect(() => {
    let gone = false
    const read = async () => {
      const bytes = new Uint8Array(await body.slice(0, SHOWN_BYTES).arrayBuffer())
      const whole = bytes.length === body.size
      if (!gone) setStart(looksBinary(bytes) ? null : textOfBytes(bytes, whole).text)
    }
    read().catch(() => !gone && setStart(null))
    return () => {
      gone = true
    }
  }, [body])
  return start
}

function BodyStart({
  preview,
  scheme,
}: {
  preview: ReplayPreview
  scheme: SchemeInfo | undefined
}) {
  const start = useStart(preview.body)
  const { bodyByteLength } = preview
  const [revealed, setRevealed] = useState(false)
  const masked = maskedBodyText(start ?? '', scheme)
  if (bodyByteLength === 0) return <p className="text-sm text-ink-3">Without a body.</p>
  return (
    <div className="flex flex-col gap-1">
      <p className="text-sm text-ink-3">
        Body, {formatBytes(bodyByteLength)}
        {bodyByteLength > SHOWN_BYTES && start !== null && ', the beginning'}
        {masked !== (start ?? '') && (
          <Button small kind="quiet" onPress={() => setRevealed(!revealed)}>
            {revealed ? 'Hide the credential' : 'Reveal the credential'}
          </Button>
        )}
      </p>
      {start === null ? (
        <p className="text-ink-2">Bytes that are no text.</p>
      ) : (
        <pre
          tabIndex={0}
          aria-label="Body that goes out"
          className="wire max-h-60 overflow-auto rounded-md border border-line bg-sunken p-2.5 break-all whitespace-pre-wrap"
        >
          {revealed ? start : masked}
        </pre>
      )}
    </div>
  )
}

function Remarks({ preview }: { preview: ReplayPreview }) {
  const { asksForHost, intoOurselves, notices } = preview
  return (
    <>
      {asksForHost !== null && (
        <Callout tone="amber" icon={<Globe size={15} aria-hidden />}>
          {visibleStart(asksForHost, 255)} is not this computer. You are asked before anything is
          sent there.
        </Callout>
      )}
      {intoOurselves && (
        <Callout tone="blue" icon={<RotateCw size={15} aria-hidden />}>
          It goes into our own listener: marked as a replay, counted as no duplicate, and not sent
          on.
        </Callout>
      )}
      {notices.map((notice) => (
        <Callout key={notice} tone="amber" icon={<CircleX size={15} aria-hidden />}>
          {visibleStart(notice, 600)}
        </Callout>
      ))}
    </>
  )
}

interface Props {
  preview: ReplayPreview | null
  error: unknown
  behind: boolean
  isCredential: (header: RawHeader) => boolean
  /** Whose credentials are masked. */
  scheme: SchemeInfo | undefined
  /** It was written here, so there is no captured one to compare it with. */
  composed?: boolean
}

/** The request as it would go out now, and what a receiver would make of it. */
export function GoesOut(props: Props) {
  const { preview, error, behind, isCredential, scheme, composed = false } = props
  if (error !== null && !behind) {
    return (
      <div className="p-4">
        <Callout tone="red" icon={<CircleX size={15} aria-hidden />}>
          {errorSentence(error)}
        </Callout>
      </div>
    )
  }
  if (!preview) return <p className="p-4 text-ink-3">Working out what would go out…</p>
  return (
    <div
      aria-busy={behind}
      className={`flex flex-col gap-3 p-4 ${behind ? 'opacity-70' : ''}`}
      data-testid="goes-out"
    >
      <Judgement
        verdict={preview.verdict}
        whose={composed ? 'this secret' : 'this endpoint’s secrets'}
      />
      <Remarks preview={preview} />
      {!composed && (
        <p className="flex flex-wrap items-center gap-1.5 text-sm text-ink-3">
          {preview.changed.length === 0 ? 'Exactly as captured.' : 'Changed:'}
          {changedWords(preview.changed).map((words) => (
            <Chip key={words}>{visibleStart(words, 80)}</Chip>
          ))}
        </p>
      )}
      <p className="wire rounded-md border border-line bg-sunken px-2.5 py-1.5 break-all">
        {visibleStart(`${preview.method} ${maskedTarget(preview.target, scheme)} HTTP/1.1`, 4_096)}
      </p>
      <HeaderList
        rawHeaders={preview.rawHeaders}
        label="Headers that go out"
        isCredential={isCredential}
      />
      <BodyStart preview={preview} scheme={scheme} />
    </div>
  )
}
