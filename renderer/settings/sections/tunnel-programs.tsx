import { Play } from 'lucide-react'
import type { TunnelProgram } from '#contract/tunnel.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'

interface Props {
  programs: readonly TunnelProgram[]
  /** One runs already. */
  busy: boolean
  onStart: (id: TunnelProgram['id']) => void
}

/** Those that are here first, each with what it takes and what would be run. */
export function TunnelPrograms({ programs, busy, onStart }: Props) {
  const here = programs.filter(({ file }) => file !== null)
  const missing = programs.filter(({ file }) => file === null)
  if (programs.length === 0) return null
  return (
    <>
      {here.length === 0 && (
        <p className="text-ink-2">
          None of the tunnel programs is installed here. cloudflared needs no account.
        </p>
      )}
      <ul aria-label="Tunnel programs" className="rounded-md border border-line">
        {here.map((program) => (
          <Here key={program.id} program={program} busy={busy} onStart={onStart} />
        ))}
        {missing.map((program) => (
          <Missing key={program.id} program={program} />
        ))}
      </ul>
    </>
  )
}

const rowClass =
  'flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-b-0'

function Name({ program, note }: { program: TunnelProgram; note: string | null }) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-0.5">
      <p className="flex items-baseline gap-2">
        <span className="font-medium">{program.name}</span>
        {note !== null && <span className="text-sm text-ink-3">{note}</span>}
      </p>
      <p className="selectable text-sm text-ink-2">{program.about}</p>
    </div>
  )
}

function Here(props: { program: TunnelProgram } & Omit<Props, 'programs'>) {
  const { program, busy, onStart } = props
  const { id, name, version, command, problem } = program
  return (
    <li className={rowClass}>
      <Name program={program} note={version === null ? null : visibleStart(version, 80)} />
      <Button
        icon={Play}
        isDisabled={busy || problem !== null}
        onPress={() => onStart(id)}
        aria-label={`Start ${name}`}
      >
        Start
      </Button>
      {problem === null ? (
        command !== null && (
          <p className="wire selectable w-full text-sm break-all text-ink-3">
            {visibleStart(command, 500)}
          </p>
        )
      ) : (
        <p className="selectable w-full text-sm text-amber">{problem}</p>
      )}
    </li>
  )
}

function Missing({ program }: { program: TunnelProgram }) {
  return (
    <li className={rowClass}>
      <Name program={program} note="not installed" />
      <span className="flex items-center gap-1 text-sm text-ink-3">
        <span className="wire max-w-64 truncate" title={program.installUrl}>
          {program.installUrl.replace(/^https:\/\//, '')}
        </span>
        <CopyButton text={program.installUrl} label={`Copy where ${program.name} is found`} />
      </span>
    </li>
  )
}
