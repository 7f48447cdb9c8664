import { useState } from 'react'
import type { ListenerTls } from '#contract/settings.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave } from '#renderer/settings/use-settings.ts'

const MKCERT = 'mkcert -cert-file localhost.pem -key-file localhost-key.pem localhost 127.0.0.1 ::1'

/** Plain HTTP, or HTTPS with a certificate of one's own: both files change together. */
export function HttpsSetting({ tls }: { tls: ListenerTls | null }) {
  const { save, outcome, forget } = useSave()
  const [chosen, setChosen] = useState({ over: tls, https: tls !== null })
  // A choice that was made over other files than those in use now is over.
  const wanted = chosen.over === tls ? chosen.https : tls !== null
  const choose = (id: 'http' | 'https') => {
    forget()
    setChosen({ over: tls, https: id === 'https' })
    if (id === 'http' && tls !== null) save({ listener: { tls: null } })
  }
  return (
    <Setting
      id="https"
      outcome={outcome}
      hint="For senders that take only https:// URLs on this machine or in this network. A tunnel brings its own certificate and needs none here."
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
        <CertificateFiles
          key={JSON.stringify(tls)}
          tls={tls}
          saving={outcome.state === 'saving'}
          onApply={(files) => save({ listener: { tls: files } })}
        />
      )}
    </Setting>
  )
}

function CertificateFiles(props: {
  tls: ListenerTls | null
  saving: boolean
  onApply: (files: ListenerTls) => void
}) {
  const { tls } = props
  const [certificateFile, setCertificateFile] = useState(tls?.certificateFile ?? '')
  const [keyFile, setKeyFile] = useState(tls?.keyFile ?? '')
  const same = tls?.certificateFile === certificateFile && tls.keyFile === keyFile
  const complete = certificateFile.trim() !== '' && keyFile.trim() !== ''
  const apply = () => {
    if (complete)
      props.onApply({ certificateFile: certificateFile.trim(), keyFile: keyFile.trim() })
  }
  return (
    <EnterForm onEnter={apply} className="flex max-w-lg flex-col gap-3">
      <Field
        label="Certificate file (PEM, with its chain)"
        mono
        value={certificateFile}
        onChange={setCertificateFile}
        placeholder="/home/me/localhost.pem"
      />
      <Field
        label="Key file (PEM, without a passphrase)"
        mono
        value={keyFile}
        onChange={setKeyFile}
        placeholder="/home/me/localhost-key.pem"
      />
      <div className="flex items-center gap-3">
        <Button
          kind={same ? 'plain' : 'primary'}
          isDisabled={!complete || props.saving}
          onPress={apply}
        >
          {same ? 'Read the files again' : 'Use HTTPS'}
        </Button>
        {same && <span className="text-sm text-ink-3">After a renewal; no restart is needed.</span>}
      </div>
      {tls === null && (
        <div className="text-sm text-ink-2">
          mkcert makes a certificate that this machine trusts:
          <span className="mt-1 flex items-center gap-1">
            <code className="wire selectable min-w-0 rounded-md border border-line bg-sunken px-2 py-1 break-all">
              {MKCERT}
            </code>
            <CopyButton text={MKCERT} label="Copy the command" />
          </span>
        </div>
      )}
    </EnterForm>
  )
}
