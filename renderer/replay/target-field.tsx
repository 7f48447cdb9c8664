import { useQuery } from '@tanstack/react-query'
import { History, X } from 'lucide-react'
import { useState } from 'react'
import { DialogTrigger, GridList, GridListItem, Popover } from 'react-aria-components'
import type { ReplayTarget } from '#contract/replay.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { formatAgo } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

const none: ReplayTarget[] = []

/** Where deliveries of an endpoint were sent before, newest first; `null`: not known yet. */
export function useTargets(endpointId: number | null): ReplayTarget[] | null {
  const { data, isPending } = useQuery(api.replays.targets.queryOptions({ input: { endpointId } }))
  return isPending ? null : (data ?? none)
}

async function forget(endpointId: number | null, url: string): Promise<void> {
  await client.replays.forgetTarget({ endpointId, url })
  await queryClient.invalidateQueries({ queryKey: api.replays.targets.key() })
}

interface ListProps {
  targets: readonly ReplayTarget[]
  endpointId: number | null
  onChoose: (target: ReplayTarget) => void
}

function TargetList({ targets, endpointId, onChoose }: ListProps) {
  const now = useClock()
  return (
    <GridList
      aria-label="Earlier targets"
      autoFocus="first"
      onAction={(key) => {
        const target = targets.find(({ url }) => url === key)
        if (target) onChoose(target)
      }}
      renderEmptyState={() => (
        <p className="px-2 py-1 text-sm text-ink-3">Nothing of this endpoint was sent yet.</p>
      )}
      className="outline-none"
    >
      {targets.map(({ url, lastUsedAtMs }) => (
        <GridListItem
          key={url}
          id={url}
          textValue={url}
          className="flex h-8 items-center gap-3 rounded-sm pr-1 pl-2 outline-none hover:bg-hover data-[focus-visible]:bg-hover"
        >
          <span className="wire min-w-0 flex-1 truncate">{visibleStart(url, 300)}</span>
          <span className="text-sm text-ink-3">{formatAgo(lastUsedAtMs, now)}</span>
          <IconButton
            small
            icon={X}
            label={`Forget ${visibleStart(url, 120)}`}
            onPress={() => void forget(endpointId, url)}
          />
        </GridListItem>
      ))}
    </GridList>
  )
}

interface Props {
  url: string
  endpointId: number | null
  onChange: (change: { url: string; verifyTls?: boolean }) => void
  error: string | undefined
  hint?: string
}

/** Where to: an URL, with those that were used before to choose from and to forget. */
export function TargetField({ url, endpointId, onChange, error, hint }: Props) {
  const targets = useTargets(endpointId) ?? none
  const [open, setOpen] = useState(false)
  return (
    <div
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' || targets.length === 0) return
        if (!(event.target instanceof HTMLInputElement)) return
        event.preventDefault()
        setOpen(true)
      }}
    >
      <Field
        label="Send to"
        mono
        type="url"
        value={url}
        onChange={(value) => onChange({ url: value })}
        error={error}
        hint={hint}
        autoFocus
        after={
          <DialogTrigger isOpen={open} onOpenChange={setOpen}>
            <Button icon={History} aria-label="Earlier targets">
              Earlier
            </Button>
            <Popover
              placement="bottom end"
              aria-label="Earlier targets"
              className="appear float-shadow max-h-80 w-[32rem] max-w-[90vw] overflow-y-auto rounded-md border border-line bg-raised p-1"
            >
              <TargetList
                targets={targets}
                endpointId={endpointId}
                onChoose={(target) => {
                  onChange({ url: target.url, verifyTls: target.verifyTls })
                  setOpen(false)
                }}
              />
            </Popover>
          </DialogTrigger>
        }
      />
    </div>
  )
}
