import { Lock, LockOpen } from 'lucide-react'
import { ToggleButton } from 'react-aria-components'
import type { Delivery } from '#contract/delivery.ts'
import { fieldsOf } from '#contract/http.ts'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { HeaderEditor } from './header-editor.tsx'
import type { ReplayForm } from './use-replay-form.ts'

/** Whether the headers of the signature follow what is edited. */
function SignatureLock({ form }: { form: ReplayForm }) {
  const { draft, change, canSign, edited } = form
  const locked = !draft.resign
  const Icon = locked ? Lock : LockOpen
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ToggleButton
        isSelected={locked}
        isDisabled={!canSign}
        onChange={(on) => change({ resign: !on })}
        className="inline-flex h-6 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2 text-sm text-ink hover:bg-hover disabled:opacity-50 data-[selected]:border-accent data-[selected]:bg-accent-soft"
      >
        <Icon size={12} aria-hidden />
        Lock the signature headers
      </ToggleButton>
      <p className="min-w-0 flex-1 text-sm text-ink-3">
        {!canSign
          ? 'Without a scheme and a signing secret they go out as they stand.'
          : locked
            ? edited.length > 0
              ? 'They go out as they stand: a receiver refuses what was changed under them.'
              : 'They go out as they stand, with the old timestamp.'
            : 'They follow the edits: signed when it is sent.'}
      </p>
    </div>
  )
}

/** Method, target and headers of what goes out. */
export function EditRequest({ form, delivery }: { form: ReplayForm; delivery: Delivery }) {
  const { draft, change, previewed } = form
  const { preview } = previewed
  const goesTo = draft.target === '' ? (preview?.target ?? delivery.target) : ''
  return (
    <div className="flex flex-col gap-4 px-5 py-4">
      <div className="flex gap-3">
        <div className="w-28">
          <Field
            label="Method"
            mono
            value={draft.method}
            onChange={(method) => change({ method })}
            hint={draft.method === delivery.method ? undefined : `was ${delivery.method}`}
          />
        </div>
        <div className="min-w-0 flex-1">
          <Field
            label="Request target"
            mono
            value={draft.target}
            placeholder={goesTo}
            onChange={(target) => change({ target })}
            hint={
              draft.target === ''
                ? 'Empty: what the URL and the captured target make.'
                : 'Goes out exactly so, whatever the URL says.'
            }
          />
        </div>
      </div>
      <SignatureLock form={form} />
      <HeaderEditor
        captured={fieldsOf(delivery.rawHeaders)}
        headers={draft.headers}
        sent={preview?.rawHeaders ?? null}
        isCredential={form.isCredential}
        onChange={(headers) => change({ headers })}
      />
      <CheckBox
        label="Host and Content-Length exactly as they stand here"
        on={draft.exact}
        onChange={(exact) => change({ exact })}
        hint="Otherwise they follow the target and the body. A wrong length can make a receiver wait or refuse."
      />
    </div>
  )
}
