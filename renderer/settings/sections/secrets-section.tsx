import { KeyRound } from 'lucide-react'
import type { Endpoint } from '#contract/endpoint.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { EndpointDot } from '#renderer/controls/marks.tsx'
import { DataKeySetting } from '#renderer/data-key/data-key-setting.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { Setting } from '#renderer/settings/setting.tsx'

/** Such as “2 usable, 1 locked”. */
function secretWords({ secrets, schemeId }: Endpoint): string {
  if (secrets.length === 0) return schemeId === null ? 'none needed' : 'none'
  const usable = secrets.filter(({ state }) => state === 'usable').length
  const locked = secrets.length - usable
  return [usable > 0 && `${usable} usable`, locked > 0 && `${locked} locked`]
    .filter(Boolean)
    .join(', ')
}

function Row({ endpoint }: { endpoint: Endpoint }) {
  const lacking = endpoint.secrets.length === 0 && endpoint.schemeId !== null
  return (
    <li className="flex h-10 items-center gap-2.5 border-b border-line px-3 last:border-b-0">
      <EndpointDot colour={endpoint.colour} />
      <bdi className="min-w-0 flex-1 truncate">{endpoint.name}</bdi>
      <span className={`text-sm ${lacking ? 'text-blue' : 'text-ink-2'}`}>
        {secretWords(endpoint)}
      </span>
      <Button
        small
        kind="quiet"
        icon={KeyRound}
        onPress={() => showDialog({ kind: 'edit-endpoint', endpointId: endpoint.id })}
        aria-label={`${lacking ? 'Add' : 'Manage'} secrets of ${endpoint.name}`}
      >
        {lacking ? 'Add' : 'Manage'}
      </Button>
    </li>
  )
}

/** Where the data key lies, and how many secrets each endpoint has. */
export function SecretsSection() {
  const endpoints = useEndpoints()
  return (
    <>
      <DataKeySetting />
      <Setting
        id="endpointSecrets"
        hint="An endpoint may have several, as while a secret is rotated. Their text is shown only when you reveal one."
      >
        {endpoints.length === 0 && <p className="text-ink-3">There is no endpoint yet.</p>}
        {endpoints.length > 0 && (
          <ul className="rounded-md border border-line">
            {endpoints.map((endpoint) => (
              <Row key={endpoint.id} endpoint={endpoint} />
            ))}
          </ul>
        )}
      </Setting>
    </>
  )
}
