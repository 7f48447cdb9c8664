import { useQuery } from '@tanstack/react-query'
import {
  ChartColumn,
  CopyPlus,
  Hash,
  Inbox,
  Pencil,
  Plus,
  ScanSearch,
  ShieldX,
  Signature,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Status } from '#contract/status.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { EndpointDot } from '#renderer/controls/marks.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { BackgroundWork } from '#renderer/status/background-work.tsx'
import { formatCappedCount } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { api } from './api.ts'
import { showDialog } from './dialogs.ts'
import { filterOf, go, type View } from './location.ts'

function Count({ view }: { view: View }) {
  const filter = filterOf({ view, query: '' })
  const count = useQuery(api.deliveries.count.queryOptions({ input: { filter } })).data
  return <span className="text-sm text-ink-3">{count ? formatCappedCount(count) : ''}</span>
}

function sameView(one: View, other: View): boolean {
  if (one.kind === 'endpoint' && other.kind === 'endpoint') return one.id === other.id
  return one.kind === other.kind
}

interface ItemProps {
  view: View
  current: View
  mark: ReactNode
  name: string
  counted?: boolean
  action?: ReactNode
}

function Item({ view, current, mark, name, counted = true, action }: ItemProps) {
  const chosen = sameView(view, current)
  return (
    <li
      className={`group flex h-7 items-center rounded-md pr-1 ${chosen ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <button
        type="button"
        aria-current={chosen ? 'page' : undefined}
        onClick={() => go({ view, query: '' })}
        className={`flex h-full min-w-0 flex-1 items-center gap-2.5 rounded-md px-2 text-left ${chosen ? 'font-medium text-ink' : 'text-ink-2'}`}
      >
        <span className="flex size-4 shrink-0 items-center justify-center">{mark}</span>
        <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
        {counted && <Count view={view} />}
      </button>
      {action}
    </li>
  )
}

function Group(props: { title?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="px-2 pt-3">
      {props.title && (
        <div className="flex h-6 items-center pr-1 pl-2">
          <h2 className="flex-1 text-xs font-medium text-ink-3">{props.title}</h2>
          {props.action}
        </div>
      )}
      <ul className="flex flex-col gap-px">{props.children}</ul>
    </section>
  )
}

const icon = (Icon: LucideIcon) => <Icon size={15} aria-hidden className="text-ink-3" />

/** What to look at: everything, an endpoint, the saved views, the tools. */
export function Sidebar({ view, status }: { view: View; status: Status | undefined }) {
  const endpoints = useEndpoints()
  return (
    <nav aria-label="Views" className="flex h-full min-h-0 flex-col overflow-y-auto bg-sunken pb-3">
      <Group>
        <Item view={{ kind: 'all' }} current={view} mark={icon(Inbox)} name="All" />
      </Group>
      <Group
        title="Endpoints"
        action={
          <IconButton
            small
            icon={Plus}
            label="Add endpoint"
            hotkey="N"
            onPress={() => showDialog({ kind: 'new-endpoint' })}
          />
        }
      >
        {endpoints.map((endpoint) => (
          <Item
            key={endpoint.id}
            view={{ kind: 'endpoint', id: endpoint.id }}
            current={view}
            mark={<EndpointDot colour={endpoint.colour} />}
            name={visibleStart(endpoint.name, 80)}
            action={
              <span className="w-0 overflow-hidden opacity-0 group-focus-within:w-6 group-focus-within:opacity-100 group-hover:w-6 group-hover:opacity-100">
                <IconButton
                  small
                  icon={Pencil}
                  label={`Edit ${endpoint.name}`}
                  onPress={() => showDialog({ kind: 'edit-endpoint', endpointId: endpoint.id })}
                />
              </span>
            }
          />
        ))}
        <Item
          view={{ kind: 'catch-all' }}
          current={view}
          mark={<EndpointDot colour={null} />}
          name="Catch-all"
        />
      </Group>
      <Group title="Saved">
        <Item view={{ kind: 'failures' }} current={view} mark={icon(ShieldX)} name="Failures" />
        <Item
          view={{ kind: 'duplicates' }}
          current={view}
          mark={icon(CopyPlus)}
          name="Duplicates"
        />
      </Group>
      <Group title="Tools">
        <Item
          view={{ kind: 'overview' }}
          current={view}
          mark={icon(ChartColumn)}
          name="Overview"
          counted={false}
        />
        <Item
          view={{ kind: 'verify' }}
          current={view}
          mark={icon(ScanSearch)}
          name="Verify"
          counted={false}
        />
        <Item
          view={{ kind: 'schemes', schemeId: null }}
          current={view}
          mark={icon(Signature)}
          name="Schemes"
          counted={false}
        />
        <Item
          view={{ kind: 'subscriber-hash' }}
          current={view}
          mark={icon(Hash)}
          name="Subscriber hash"
          counted={false}
        />
      </Group>
      <span className="flex-1" />
      {status && <BackgroundWork status={status} />}
      {status && (
        <p className="flex items-center gap-2 px-4 pt-2 text-xs text-ink-3" title={status.dataDir}>
          <img src="./icon.svg" alt="" width={16} height={16} />
          Countersign {status.version}
        </p>
      )}
    </nav>
  )
}
