import { useState } from 'react'
import type { ClientCertificates } from '#contract/listener-tls.ts'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { SavedField } from '#renderer/settings/saved-field.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave } from '#renderer/settings/use-settings.ts'

/** Mutual TLS: whether senders are asked for a certificate, and whose are good. */
export function ClientCertificatesSetting(props: {
  clients: ClientCertificates | null
  https: boolean
}) {
  const { clients, https } = props
  const { save, outcome } = useSave()
  const [asking, setAsking] = useState(clients !== null)
  const choose = (id: 'no' | 'yes') => {
    setAsking(id === 'yes')
    if (id === 'no' && clients) save({ listener: { clientCertificates: null } })
  }
  return (
    <Setting
      id="clientCertificates"
      outcome={outcome}
      hint="For providers that identify themselves with a certificate (mutual TLS). What a sender presents is kept with its delivery."
    >
      {!https && <p className="text-ink-3">It needs HTTPS.</p>}
      <Segments
        label="Ask senders for a certificate"
        options={[
          { id: 'no', name: 'Do not ask' },
          { id: 'yes', name: 'Ask', disabled: !https },
        ]}
        value={asking || clients ? 'yes' : 'no'}
        onChange={choose}
      />
      {(asking || clients) && (
        <div className="flex max-w-lg flex-col gap-3">
          <SavedField
            label="Files of the authorities whose certificates are good (PEM)"
            mono
            value={clients?.caFiles.join(', ') ?? ''}
            placeholder="/home/me/provider-ca.pem"
            hint="Separated by commas."
            onCommit={(text) => {
              const caFiles = text.split(',').flatMap((file) => file.trim() || [])
              if (caFiles.length === 0) return 'Name the file of an authority.'
              const required = clients?.required ?? false
              save({ listener: { clientCertificates: { required, caFiles } } })
              return null
            }}
          />
          {clients && (
            <CheckBox
              label="Refuse senders without a good one"
              hint="They get 403; what they sent is kept, with the reason."
              on={clients.required}
              onChange={(required) =>
                save({ listener: { clientCertificates: { ...clients, required } } })
              }
            />
          )}
        </div>
      )}
    </Setting>
  )
}
