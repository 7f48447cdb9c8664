import { useMutation, useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import type { Authority, LocalCertificate } from '#contract/listener-tls.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { CallFailure } from '#renderer/settings/call-failure.tsx'
import { readHostNames } from '#renderer/settings/host-names.ts'
import { SavedField } from '#renderer/settings/saved-field.tsx'
import { TrustSteps } from './trust-steps.tsx'

interface Props {
  /** As it is used now; `null`: it is not. */
  tls: LocalCertificate | null
  saving: boolean
  onUse: (hostNames: string[]) => void
}

/** The local authority: made when one asks for it, trusted by hand, its certificates renewed by itself. */
export function LocalAuthority({ tls, saving, onUse }: Props) {
  const known = useQuery(api.listener.authority.queryOptions())
  const make = useMutation(api.listener.makeAuthority.mutationOptions())
  if (!known.data) return null
  const { authority, trust } = known.data
  const begin = () => {
    if (authority) return onUse([])
    make.mutate(
      {},
      {
        onSuccess: (made) => {
          queryClient.setQueryData(api.listener.authority.queryKey(), made)
          onUse([])
        },
      },
    )
  }
  return (
    <section aria-label="Local authority" className="flex flex-col gap-3">
      <h4 className="text-sm font-semibold text-ink-2">An authority on this machine</h4>
      <p className="selectable max-w-prose text-ink-2">
        Countersign signs a certificate for localhost, 127.0.0.1 and ::1 itself and renews it in
        time. Senders have to trust its authority once. Nothing is installed for you.
      </p>
      {tls === null && (
        <div>
          <Button
            kind="primary"
            icon={ShieldCheck}
            isDisabled={make.isPending || saving}
            onPress={begin}
          >
            {authority ? 'Use the local authority' : 'Make an authority and use it'}
          </Button>
        </div>
      )}
      <CallFailure error={make.error} />
      {tls !== null && <HostNames hostNames={tls.hostNames} onUse={onUse} />}
      {authority && <Facts authority={authority} />}
      {authority && tls !== null && <TrustSteps steps={trust} />}
    </section>
  )
}

function HostNames(props: { hostNames: string[]; onUse: (hostNames: string[]) => void }) {
  return (
    <SavedField
      label="More names and addresses that senders use"
      value={props.hostNames.join(', ')}
      mono
      placeholder="hooks.test, 192.168.1.20"
      hint="Separated by commas; *.hooks.test stands for all names below."
      onCommit={(text) => {
        const read = readHostNames(text)
        if (typeof read === 'string') return read
        props.onUse(read)
        return null
      }}
    />
  )
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

function Facts({ authority }: { authority: Authority }) {
  const facts = [
    ['Name', authority.name],
    ['SHA-256', authority.fingerprint256],
    ['Counts until', day(authority.notAfterMs)],
    ['May sign for', authority.permitted.join(', ')],
    [
      'Its key',
      authority.keyIsSealed ? 'sealed, like signing secrets' : 'in a file of yours alone',
    ],
  ] as const
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-0.5 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="wire selectable min-w-0 break-words">{value}</dd>
        </div>
      ))}
      <dt className="text-ink-3">Certificate</dt>
      <dd className="flex min-w-0 items-center">
        <span className="wire selectable min-w-0 break-all">{authority.certificateFile}</span>
        <CopyButton text={authority.certificateFile} label="Copy the path of the certificate" />
      </dd>
    </dl>
  )
}
