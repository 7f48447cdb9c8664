import { useQueries } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { ApiClient } from '#contract/client.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import type { ListState } from '#renderer/list/model/held-list.ts'
import type { LongList } from '#renderer/list/model/long-list.ts'
import { Lines, type Line } from '#renderer/list/window/opened-groups.ts'

export type Attempt = Awaited<ReturnType<ApiClient['deliveries']['attempts']>>[number]

/** The message of a row, whichever of its attempts is the newest. */
export function messageOf(row: DeliveryRow): string {
  return row.messageId === null ? `delivery ${row.id}` : `${row.endpointId} ${row.messageId}`
}

interface Opened {
  readonly message: string
  /** The newest attempt when it was opened. */
  readonly id: number
  readonly at: number
}

export interface OpenedGroups {
  readonly lines: Lines
  readonly isOpen: (row: DeliveryRow) => boolean
  /** The attempts of the row at a coordinate, oldest first. */
  readonly attemptsAt: (at: number) => readonly Attempt[]
  /** Where an attempt stands that is shown. */
  readonly find: (attemptId: number) => Line | null
  readonly toggle: (row: DeliveryRow, at: number) => void
}

/** Which messages of a grouped list are opened, and the lines that the list then has. */
export function useOpenedGroups(list: LongList, state: ListState): OpenedGroups {
  const [opened, setOpened] = useState<readonly Opened[]>([])
  // What was read last stands while a message that came again is read anew.
  const [kept, setKept] = useState<ReadonlyMap<string, readonly Attempt[]>>(new Map())
  // Where a message stands changes when it comes again, and when the list is counted anew.
  const placed = (list.view.grouped ? opened : []).map((each) => {
    const at = list.findRow((row) => messageOf(row) === each.message) ?? each.at
    return { ...each, at, id: list.rowAt(at)?.id ?? each.id }
  })
  const found = useQueries({
    queries: placed.map(({ id }) => api.deliveries.attempts.queryOptions({ input: { id } })),
  })
  const read = placed.map(
    ({ message }, index) => [message, found[index]?.data ?? kept.get(message) ?? []] as const,
  )
  if (read.some(([message, attempts]) => kept.get(message) !== attempts && attempts.length > 0)) {
    setKept(new Map(read))
  }
  const groups = placed.map(({ at }, index) => {
    const rows = read[index]?.[1] ?? []
    return { at, rows, attempts: rows.length }
  })
  const toggle = useCallback((row: DeliveryRow, at: number) => {
    const message = messageOf(row)
    setOpened((before) => {
      const others = before.filter((each) => each.message !== message)
      return others.length < before.length ? others : [...before, { message, id: row.id, at }]
    })
  }, [])
  return {
    lines: new Lines(state.top, state.end, groups),
    isOpen: (row) => opened.some(({ message }) => message === messageOf(row)),
    attemptsAt: (at) => groups.find((group) => group.at === at)?.rows ?? [],
    find: (attemptId) => {
      for (const { at, rows } of groups) {
        const attempt = rows.findIndex(({ id }) => id === attemptId)
        if (attempt >= 0) return { at, attempt }
      }
      return null
    },
    toggle,
  }
}
