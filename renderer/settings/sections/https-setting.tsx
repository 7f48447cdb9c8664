import { useState } from 'react'
import type { ListenerTls } from '#contract/listener-tls.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave } from '#renderer/settings/use-settings.ts'
import { CertificateFiles } from './certificate-files.tsx'
import { LocalAuthority } from './local-authority.tsx'

/** Plain HTTP, or HTTPS with a certificate by the local authority or of one's own. */
export function HttpsSetting({ tls }: { tls: ListenerTls | null }) {
  const { save, outcome, forget } = useSave()
  const [chosen, setChosen] = useState({ over: tls, https: tls !== null })
  // A choice that was made over other certificates than the one in use now is over.
  const wanted = chosen.over === tls ? chosen.https : tls !== null
  const own = tls && 'certificateFile' in tls ? tls : null
  const local = tls && 'hostNames' in tls ? tls : null
  const choose = (id: 'http' | 'https') => {
    forget()
    setChosen({ over: tls, https: id === 'https' })
    if (id === 'http' && tls !== null) save({ listener: { tls: null } })
  }
  return (
    <Setting
      id="https"
      outcome={outcome}
      hint="For senders that take only https:// URLs on this machine or in this network; HTTP/2 comes with it. A tunnel brings its own certificate and needs none here."
    >
      <Segments
        label="Protocol of the capture port"
        options={[
          { id: 'http', name: 'HTTP' },
          { id: 'https', name: 'HTTPS' },
        ]}
        value={wanted ? 'https' : 'http'}
        onChange={choose}
      />
      {wanted && (
        <div className="flex max-w-xl flex-col gap-5 pt-1">
          <LocalAuthority
            tls={local}
            saving={outcome.state === 'saving'}
            onUse={(hostNames) => save({ listener: { tls: { hostNames } } })}
          />
          <section aria-label="A certificate of your own" className="flex flex-col gap-2">
            <h4 className="text-sm font-semibold text-ink-2">
              {own ? 'A certificate of your own' : 'Or a certificate of your own'}
            </h4>
            <CertificateFiles
              key={JSON.stringify(own)}
              tls={own}
              saving={outcome.state === 'saving'}
              onApply={(files) => save({ listener: { tls: files } })}
            />
          </section>
        </div>
      )}
    </Setting>
  )
}
