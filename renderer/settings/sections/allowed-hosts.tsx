import { useMutation, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { api, queryClient } from '#renderer/app/api.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { CallFailure } from '#renderer/settings/call-failure.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** The hosts beside this computer that may be sent to, each to be taken away. */
export function AllowedHosts() {
  const { data: hosts, error } = useQuery(api.hosts.list.queryOptions())
  const disallow = useMutation(
    api.hosts.disallow.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.hosts.key() }),
    }),
  )
  const problem = error ?? disallow.error
  return (
    <Setting
      id="hosts"
      hint="What is sent to this computer goes without asking. Every other host is asked about once, before the first request leaves."
    >
      {hosts && hosts.length > 0 && (
        <ul aria-label="Allowed hosts" className="rounded-md border border-line">
          {hosts.map((host) => (
            <li
              key={host}
              className="flex h-9 items-center gap-2 border-b border-line pr-1.5 pl-3 last:border-b-0"
            >
              <span className="wire min-w-0 flex-1 truncate">{visibleStart(host, 255)}</span>
              <IconButton
                small
                icon={X}
                label={`Ask again about ${visibleStart(host, 255)}`}
                onPress={() => disallow.mutate({ host })}
              />
            </li>
          ))}
        </ul>
      )}
      {hosts?.length === 0 && <p className="text-ink-3">No host is allowed yet.</p>}
      <CallFailure error={problem} />
    </Setting>
  )
}
