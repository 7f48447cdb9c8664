import { useQuery } from '@tanstack/react-query'
import {
  ChartColumn,
  CopyPlus,
  FileCheck,
  Hash,
  Inbox,
  PenLine,
  Pencil,
  Plus,
  RotateCw,
  ShieldCheck,
  ScanSearch,
  ShieldX,
  Signature,
  type LucideIcon,
} from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { CappedCount } from '#contract/delivery.ts'
import type { Status } from '#contract/status.ts'
import { useHotkey } from '#renderer/commands/keymap-store.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { EndpointDot } from '#renderer/controls/marks.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { isShown, SavedFilters } from '#renderer/filter/saved-filters.tsx'
import { useSavedFilters } from '#renderer/filter/use-saved-filters.ts'
import { BackgroundWork } from '#renderer/status/background-work.tsx'
import { Batches } from '#renderer/status/batches.tsx'
import { Jobs } from '#renderer/status/jobs.tsx'
import { Transfers } from '#renderer/status/transfers.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { api } from './api.ts'
import { showDialog } from './dialogs.ts'
import { filterOf, go, usePlace, type View } from './location.ts'
import { LineAction, SidebarGroup, SidebarLine } from './sidebar-item.tsx'

function sameView(one: View, other: View): boolean {
  if (one.kind === 'endpoint' && other.kind === 'endpoint') return one.id === other.id
  return one.kind === other.kind
}

interface ItemProps {
  view: View
  current: View
  mark: ReactNode
  name: string
  action?: ReactNode
  /** How many deliveries it holds. */
  count?: CappedCount | undefined
  /** A saved filter of the same view is shown instead. */
  elsewhere?: boolean
}

function Item({ view, current, elsewhere = false, ...line }: ItemProps) {
  return (
    <li>
      <SidebarLine
        {...line}
        chosen={!elsewhere && sameView(view, current)}
        onChoose={() => go({ view, query: '' })}
      />
    </li>
  )
}

function Counted(props: ItemProps) {
  const filter = filterOf({ view: props.view, query: '' })
  const count = useQuery(api.deliveries.count.queryOptions({ input: { filter } })).data
  return <Item {...props} count={count} />
}

const icon = (Icon: LucideIcon) => <Icon size={15} aria-hidden className="text-ink-3" />

/** What to look at: everything, an endpoint, the saved views, the tools. */
export const Sidebar = memo(function Sidebar(props: { view: View; status: Status | undefined }) {
  const { view, status } = props
  const endpoints = useEndpoints()
  const saved = useSavedFilters()
  const place = usePlace()
  const addKey = useHotkey('app.addEndpoint')
  return (
    <nav aria-label="Views" className="flex h-full min-h-0 flex-col overflow-y-auto bg-sunken pb-3">
      <SidebarGroup>
        <Counted
          view={{ kind: 'all' }}
          current={view}
          elsewhere={saved.some((each) => isShown(each, place))}
          mark={icon(Inbox)}
          name="All"
        />
      </SidebarGroup>
      <SidebarGroup
        title="Endpoints"
        action={
          <IconButton
            small
            icon={Plus}
            label="Add endpoint"
            hotkey={addKey}
            onPress={() => showDialog({ kind: 'new-endpoint' })}
          />
        }
      >
        {endpoints.map((endpoint) => (
          <Counted
            key={endpoint.id}
            view={{ kind: 'endpoint', id: endpoint.id }}
            current={view}
            mark={<EndpointDot colour={endpoint.colour} />}
            name={visibleStart(endpoint.name, 80)}
            action={
              <LineAction>
                <IconButton
                  small
                  icon={Pencil}
                  label={`Edit ${visibleStart(endpoint.name, 80)}`}
                  onPress={() => showDialog({ kind: 'edit-endpoint', endpointId: endpoint.id })}
                />
              </LineAction>
            }
          />
        ))}
        <Counted
          view={{ kind: 'catch-all' }}
          current={view}
          mark={<EndpointDot colour={null} />}
          name="Catch-all"
        />
      </SidebarGroup>
      <SavedFilters>
        <Counted view={{ kind: 'failures' }} current={view} mark={icon(ShieldX)} name="Failures" />
        <Counted
          view={{ kind: 'duplicates' }}
          current={view}
          mark={icon(CopyPlus)}
          name="Duplicates"
        />
      </SavedFilters>
      <SidebarGroup title="Tools">
        <Item view={{ kind: 'overview' }} current={view} mark={icon(ChartColumn)} name="Overview" />
        <Item
          view={{ kind: 'replays', batchId: null }}
          current={view}
          mark={icon(RotateCw)}
          name="Replays"
        />
        <Item view={{ kind: 'compose' }} current={view} mark={icon(PenLine)} name="Compose" />
        <Item
          view={{ kind: 'checks', checkId: null }}
          current={view}
          mark={icon(ShieldCheck)}
          name="Endpoint check"
        />
        <Item view={{ kind: 'fixtures' }} current={view} mark={icon(FileCheck)} name="Fixtures" />
        <Item view={{ kind: 'verify' }} current={view} mark={icon(ScanSearch)} name="Verify" />
        <Item
          view={{ kind: 'schemes', schemeId: null }}
          current={view}
          mark={icon(Signature)}
          name="Schemes"
        />
        <Item
          view={{ kind: 'subscriber-hash' }}
          current={view}
          mark={icon(Hash)}
          name="Subscriber hash"
        />
      </SidebarGroup>
      <span className="flex-1" />
      {status && <BackgroundWork status={status} />}
      {status && <Jobs jobs={status.jobs} />}
      {status && <Batches batches={status.batches} />}
      {status && <Transfers transfers={status.transfers} />}
      {status && (
        <p className="flex items-center gap-2 px-4 pt-2 text-xs text-ink-3" title={status.dataDir}>
          <img src="./icon.svg" alt="" width={16} height={16} />
          Countersign {status.version}
        </p>
      )}
    </nav>
  )
})
