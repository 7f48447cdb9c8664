import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Retention } from '#contract/settings.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import {
  readBytes,
  readCount,
  readDays,
  type ReadLimit,
  whatGoes,
  writeBytes,
} from '#renderer/settings/retention-words.ts'
import { SavedField } from '#renderer/settings/saved-field.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave, useSettings } from '#renderer/settings/use-settings.ts'
import { formatCount, formatSize } from '#renderer/words/format.ts'

interface Limit {
  key: keyof Retention
  label: string
  hint: string
  read: (text: string) => ReadLimit
  write: (value: number | null) => string
}

const asNumber = (value: number | null) => (value === null ? '' : String(value))
const limits: readonly Limit[] = [
  {
    key: 'maxCount',
    label: 'Newest deliveries',
    hint: 'Such as 10000.',
    read: readCount,
    write: asNumber,
  },
  { key: 'maxAgeDays', label: 'Days', hint: 'Such as 30.', read: readDays, write: asNumber },
  {
    key: 'maxBytes',
    label: 'Bodies and headers together',
    hint: 'Such as 2 GB.',
    read: readBytes,
    write: writeBytes,
  },
]

/** How many, how long and how much is kept. */
export function RetentionSection() {
  const retention = useSettings()?.retention
  const stored = useQuery({ ...api.settings.stored.queryOptions(), staleTime: 0 }).data
  const pinned = useQuery(
    api.deliveries.count.queryOptions({ input: { filter: { query: 'is:pinned' } } }),
  ).data
  const [asked, setAsked] = useState<{ change: Partial<Retention>; goes: string } | null>(null)
  const { save, outcome } = useSave()
  if (!retention || !stored) return null
  const apply = (change: Partial<Retention>) => {
    save({ retention: change })
    setAsked(null)
  }
  const commit = ({ key, read }: Limit, text: string) => {
    const limit = read(text)
    if (typeof limit === 'string') return limit
    if (limit.value === retention[key]) return null
    const change = { [key]: limit.value }
    const goes = whatGoes(change, stored)
    if (goes === null) apply(change)
    else setAsked({ change, goes })
    return null
  }
  return (
    <Setting
      id="keep"
      outcome={outcome}
      hint="The oldest go first, and are then gone from the file. Pinned deliveries are kept whatever stands here. Nothing in a field: no limit."
    >
      <p className="text-sm text-ink-2">
        Now {formatCount(stored.deliveries)} {stored.deliveries === 1 ? 'delivery' : 'deliveries'},{' '}
        {formatSize(stored.bytes)}
        {pinned && pinned.count > 0 ? `; ${formatCount(pinned.count)} pinned.` : '.'}
      </p>
      <div className="grid max-w-xl grid-cols-[repeat(3,minmax(0,1fr))] gap-4">
        {limits.map((limit) => (
          <SavedField
            key={limit.key}
            label={limit.label}
            hint={limit.hint}
            placeholder="no limit"
            value={limit.write(retention[limit.key])}
            onCommit={(text) => commit(limit, text)}
          />
        ))}
      </div>
      {asked !== null && (
        <Callout tone="amber" icon={<Trash2 size={15} aria-hidden />}>
          <p>{asked.goes} Pinned ones stay.</p>
          <div className="mt-2 flex gap-2">
            <Button kind="danger" onPress={() => apply(asked.change)}>
              Set the limit
            </Button>
            <Button kind="quiet" onPress={() => setAsked(null)}>
              Keep them
            </Button>
          </div>
        </Callout>
      )}
    </Setting>
  )
}
