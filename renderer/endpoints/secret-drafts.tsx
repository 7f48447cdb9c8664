import { Plus, Trash2 } from 'lucide-react'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { KeyInput } from './key-input.tsx'

export interface SecretDraft {
  key: number
  name: string
  text: string
}

interface Props {
  drafts: SecretDraft[]
  onChange: (drafts: SecretDraft[]) => void
  hint: string
  errors: Map<string, string>
  /** Whether secrets get names: not where they are used once and forgotten. */
  named?: boolean
  publicKey?: boolean
}

let nextKey = 1

export function newSecretDraft(): SecretDraft {
  nextKey += 1
  return { key: nextKey, name: '', text: '' }
}

/** The signing secrets of an endpoint that is not made yet. */
export function SecretDrafts(props: Props) {
  const { drafts, onChange, hint, errors, named = true, publicKey = false } = props
  const what = publicKey ? 'Public key' : 'Signing secret'
  const set = (index: number, change: Partial<SecretDraft>) =>
    onChange(drafts.map((draft, at) => (at === index ? { ...draft, ...change } : draft)))
  return (
    <div className="flex flex-col gap-2">
      {drafts.map((draft, index) => (
        <div key={draft.key} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <KeyInput
              publicKey={publicKey}
              label={drafts.length > 1 ? `${what} ${index + 1}` : what}
              value={draft.text}
              onChange={(text) => set(index, { text })}
              hint={index === 0 ? hint : undefined}
              error={errors.get(`secrets.${index}.text`)}
            />
          </div>
          {named && (
            <div className="w-38">
              <Field
                label="Its name"
                placeholder="live key"
                value={draft.name}
                onChange={(name) => set(index, { name })}
                error={errors.get(`secrets.${index}.name`)}
              />
            </div>
          )}
          {drafts.length > 1 && (
            <div className="pt-5.5">
              <IconButton
                icon={Trash2}
                label="Leave this secret out"
                onPress={() => onChange(drafts.filter((_, at) => at !== index))}
              />
            </div>
          )}
        </div>
      ))}
      <div>
        <Button
          small
          kind="quiet"
          icon={Plus}
          onPress={() => onChange([...drafts, newSecretDraft()])}
        >
          {publicKey ? 'Another key' : 'Another secret'}
        </Button>
      </div>
    </div>
  )
}
