import { Globe, Pencil, Plus } from 'lucide-react'
import type { Endpoint } from '#contract/endpoint.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { EndpointDot } from '#renderer/controls/marks.tsx'
import { type Reach, useReach } from '#renderer/public-url/use-reach.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { Setting } from '#renderer/settings/setting.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'

function Row({ endpoint, reach }: { endpoint: Endpoint; reach: Reach }) {
  const { name, path, schemeId, colour, id } = endpoint
  const scheme = useSchemes().find((each) => each.id === schemeId)
  return (
    <li className="flex h-10 items-center gap-2.5 border-b border-line px-3 last:border-b-0">
      <EndpointDot colour={colour} />
      <bdi className="w-36 shrink-0 truncate font-medium">{visibleStart(name, 80)}</bdi>
      <span className="wire min-w-0 flex-1 truncate text-ink-2">{path}</span>
      <span className="max-w-40 shrink-0 truncate text-sm text-ink-2">
        {schemeId === null ? 'record only' : (scheme?.name ?? schemeId)}
      </span>
      {reach.local !== null && (
        <CopyButton
          text={reach.local + path.replace(/\/\*$/, '/')}
          label={`Copy the URL of ${visibleStart(name, 80)}`}
        />
      )}
      {reach.outside && (
        <CopyButton
          icon={Globe}
          text={reach.outside.url + path.replace(/\/\*$/, '/')}
          label={`Copy the public URL of ${visibleStart(name, 80)}`}
        />
      )}
      <IconButton
        icon={Pencil}
        small
        label={`Edit ${visibleStart(name, 80)}`}
        onPress={() => showDialog({ kind: 'edit-endpoint', endpointId: id })}
      />
    </li>
  )
}

/** Every endpoint, with the way to its dialog. */
export function EndpointsSection() {
  const endpoints = useEndpoints()
  const reach = useReach()
  return (
    <Setting
      id="endpoints"
      hint="An endpoint is a path with its scheme and secrets. What comes to no endpoint’s path is recorded on the catch-all."
    >
      {endpoints.length > 0 && (
        <ul className="rounded-md border border-line">
          {endpoints.map((endpoint) => (
            <Row key={endpoint.id} endpoint={endpoint} reach={reach} />
          ))}
        </ul>
      )}
      {endpoints.length === 0 && <p className="text-ink-3">There is none yet.</p>}
      <div>
        <Button icon={Plus} onPress={() => showDialog({ kind: 'new-endpoint' })}>
          Add endpoint
        </Button>
      </div>
    </Setting>
  )
}
