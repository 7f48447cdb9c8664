import { useState } from 'react'
import { Segments, SelectField } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { SecretInput } from '#renderer/controls/secret-input.tsx'
import { SettingFields } from '#renderer/endpoints/setting-fields.tsx'
import { MakeTestKeyPair, PublicHalf } from '#renderer/endpoints/test-key-pair.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import type { Composing } from './use-composing.ts'

const noErrors = new Map<string, string>()

/** A secret for these requests alone; of an asymmetric scheme the private half of a key pair. */
function GivenSecret({ composing, tried }: { composing: Composing; tried: boolean }) {
  const { form, change, scheme, problems } = composing
  const [publicHalf, setPublicHalf] = useState<string | null>(null)
  if (!scheme) return null
  const asymmetric = scheme.secretKind === 'public-key'
  const set = (secretText: string) => {
    change({ secretText })
    setPublicHalf(null)
  }
  const error = tried ? problems.secret : undefined
  if (!asymmetric) {
    return (
      <SecretInput
        label={scheme.secretKind === 'credential' ? 'Credential' : 'Signing secret'}
        value={form.secretText}
        onChange={set}
        hint="Kept in memory until this window closes, never stored."
        error={error}
      />
    )
  }
  return (
    <div className="flex flex-col gap-1.5">
      <Field
        label="Private key"
        mono
        rows={3}
        autoComplete="off"
        placeholder="-----BEGIN PRIVATE KEY-----"
        value={form.secretText}
        onChange={set}
        hint={`${scheme.name} signs with a private key of its own, which nobody else has. A test key pair stands in for it: give its public half to your handler. Kept in memory, never stored.`}
        error={error}
      />
      <MakeTestKeyPair
        schemeId={scheme.id}
        onMade={({ publicKeyText, privateKeyText }) => {
          change({ secretText: privateKeyText ?? '' })
          setPublicHalf(publicKeyText)
        }}
      />
      {publicHalf !== null && <PublicHalf text={publicHalf} />}
    </div>
  )
}

function Moment({ composing }: { composing: Composing }) {
  const { form, change, problems } = composing
  return (
    <>
      <Segments
        label="Timestamp"
        showLabel
        value={form.timestamp}
        onChange={(timestamp) => change({ timestamp })}
        options={[
          { id: 'now', name: 'Now' },
          { id: 'shifted', name: 'Shifted' },
        ]}
      />
      {form.timestamp === 'shifted' && (
        <div className="w-32">
          <Field
            label="Seconds from now"
            mono
            value={form.shift}
            onChange={(shift) => change({ shift })}
            error={problems.shift}
          />
        </div>
      )}
    </>
  )
}

/** Who signs it, and with which moment and id. */
export function SignerFields({ composing, tried }: { composing: Composing; tried: boolean }) {
  const { form, change, scheme, signers } = composing
  if (!scheme) return null
  const signs = form.signer !== 'nobody'
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="w-52">
          <SelectField
            label="Signed with"
            value={String(form.signer)}
            onChange={(id) =>
              change({ signer: id === 'secret' || id === 'nobody' ? id : Number(id) })
            }
            options={[
              ...signers.map(({ id, name }) => ({
                id: String(id),
                name: visibleStart(name, 80),
                detail: 'Secret and settings of this endpoint',
              })),
              { id: 'secret', name: 'A secret given here' },
              { id: 'nobody', name: 'Nothing: unsigned' },
            ]}
          />
        </div>
        {signs && scheme.hasTimestamp && <Moment composing={composing} />}
        {signs && scheme.hasMessageId && (
          <Segments
            label="Message id"
            showLabel
            value={form.messageId}
            onChange={(messageId) => change({ messageId })}
            options={[
              { id: 'new', name: 'New' },
              { id: 'same', name: 'As written' },
            ]}
          />
        )}
      </div>
      {form.signer === 'secret' && <GivenSecret composing={composing} tried={tried} />}
      {form.signer === 'secret' && (
        <SettingFields
          scheme={scheme}
          draft={form.settings}
          onChange={(settings) => change({ settings })}
          errors={noErrors}
        />
      )}
    </div>
  )
}
