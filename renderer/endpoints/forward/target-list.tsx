import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { SelectField } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { newTarget, type TargetDraft } from './forwarding-draft.ts'

const MOST_TARGETS = 10

const addressHeaders = [
  { id: 'none', name: 'Nothing added' },
  { id: 'forwarded', name: 'Forwarded', detail: 'RFC 7239' },
  { id: 'x-forwarded', name: 'X-Forwarded-For, -Host, -Proto' },
  { id: 'both', name: 'Both' },
] as const

interface ItemProps {
  target: TargetDraft
  /** From 1. */
  number: number
  count: number
  /** Its answer is the sender's. */
  answers: boolean
  problem: string | undefined
  onChange: (to: Partial<TargetDraft>) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function Item(props: ItemProps) {
  const { target, number, count, answers, problem, onChange } = props
  const address = addressHeaders.find(({ id }) => id === target.addressHeaders)
  return (
    <li aria-label={`Target ${number}`} className="flex flex-col gap-2.5 px-3 py-2.5">
      <Field
        label={answers ? `Target ${number}: its answer is the sender’s` : `Target ${number}`}
        mono
        type="url"
        placeholder="http://localhost:3000/webhooks"
        value={target.url}
        onChange={(url) => onChange({ url })}
        error={problem}
        after={
          <>
            {count > 1 && (
              <>
                <IconButton
                  small
                  icon={ArrowUp}
                  label={`Move target ${number} up`}
                  isDisabled={number === 1}
                  onPress={() => props.onMove(-1)}
                />
                <IconButton
                  small
                  icon={ArrowDown}
                  label={`Move target ${number} down`}
                  isDisabled={number === count}
                  onPress={() => props.onMove(1)}
                />
              </>
            )}
            <IconButton
              small
              icon={Trash2}
              label={`Remove target ${number}`}
              onPress={props.onRemove}
            />
          </>
        }
      />
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-2">
        <div className="flex flex-col gap-1.5 pt-0.5">
          <CheckBox
            label="Send to it"
            on={target.enabled}
            onChange={(enabled) => onChange({ enabled })}
          />
          <CheckBox
            label="Keep the Host header"
            on={target.keepHost}
            onChange={(keepHost) => onChange({ keepHost })}
          />
          {target.url.trim().startsWith('https:') && (
            <CheckBox
              label="Check its certificate"
              on={target.verifyTls}
              onChange={(verifyTls) => onChange({ verifyTls })}
              hint={target.verifyTls ? undefined : 'Any certificate will do.'}
            />
          )}
        </div>
        <SelectField
          label="Where it came from"
          options={addressHeaders.map((option) => ({ ...option }))}
          value={target.addressHeaders}
          onChange={(picked) => {
            const found = addressHeaders.find(({ id }) => id === picked)
            if (found) onChange({ addressHeaders: found.id })
          }}
          hint={address?.id === 'none' ? 'The request goes out as it came.' : undefined}
        />
      </div>
    </li>
  )
}

interface Props {
  targets: readonly TargetDraft[]
  /** The first that is on answers the sender. */
  firstAnswers: boolean
  problems: Map<string, string>
  onChange: (targets: readonly TargetDraft[]) => void
}

/** The targets in their order. */
export function TargetList({ targets, firstAnswers, problems, onChange }: Props) {
  const answering = firstAnswers ? targets.find(({ enabled }) => enabled) : undefined
  const move = (index: number, by: -1 | 1) => {
    const next = [...targets]
    next.splice(index + by, 0, ...next.splice(index, 1))
    onChange(next)
  }
  return (
    <ol
      aria-label="Targets"
      className="divide-y divide-line rounded-md border border-line bg-surface"
    >
      {targets.map((target, index) => (
        <Item
          key={target.key}
          target={target}
          number={index + 1}
          count={targets.length}
          answers={target === answering}
          problem={problems.get(`target ${target.key}`)}
          onChange={(to) =>
            onChange(targets.map((one) => (one.key === target.key ? { ...one, ...to } : one)))
          }
          onMove={(by) => move(index, by)}
          onRemove={() => onChange(targets.filter(({ key }) => key !== target.key))}
        />
      ))}
      <li className="px-1.5 py-1">
        <Button
          small
          kind="quiet"
          icon={Plus}
          isDisabled={targets.length >= MOST_TARGETS}
          onPress={() => onChange([...targets, newTarget()])}
        >
          {targets.length === 0 ? 'Add a target' : 'Add another target'}
        </Button>
      </li>
    </ol>
  )
}
