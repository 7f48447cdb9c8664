import { useState } from 'react'
import type { OwnCertificate } from '#contract/listener-tls.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'

const MKCERT = 'mkcert -cert-file localhost.pem -key-file localhost-key.pem localhost 127.0.0.1 ::1'

/** A certificate of one's own: both files change together. */
export function CertificateFiles(props: {
  tls: OwnCertificate | null
  saving: boolean
  onApply: (files: OwnCertificate) => void
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
        {same && <span className="text-sm text-ink-3">A renewed file is noticed by itself.</span>}
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
