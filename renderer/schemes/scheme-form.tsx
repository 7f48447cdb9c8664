import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Confidence, Recognition, SettingForm } from '#contract/scheme-parts.ts'
import { Algorithm, KeyForm, SignatureForm, TimestampForm } from '#contract/scheme.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { SelectField } from '#renderer/controls/choice.tsx'
import { ChoiceAt, LinesAt, NumberAt, PlaceAt, TextAt, useAt } from './form-fields.tsx'

const PLACES = ['header', 'field', 'json', 'query', 'form', 'claim']

function Group(props: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line pt-3 first:border-0 first:pt-0">
      <legend className="float-left mb-1 w-full text-sm font-semibold text-ink">
        {props.title}
      </legend>
      {props.children}
    </fieldset>
  )
}

const pair = 'grid grid-cols-2 items-start gap-3'

function Signature() {
  return (
    <Group title="Signature">
      <PlaceAt path="signature.place" kinds={['header', 'json', 'form']} />
      <div className={pair}>
        <ChoiceAt path="signature.encoding" options={SignatureForm.shape.encoding.options} />
        <TextAt path="signature.prefix" mono optional hint="such as sha256=" />
      </div>
      <div className="grid grid-cols-3 items-end gap-3">
        <TextAt path="signature.list" label="Entries apart by" mono optional />
        <TextAt path="signature.pair" label="Name = value" mono optional />
        <TextAt path="signature.version" mono optional />
      </div>
      <p className="text-sm text-ink-3">
        For a header such as <code className="quoted">t=1,v1=ab</code>: a comma, = and v1.
      </p>
    </Group>
  )
}

function Timestamp() {
  const timestamp = useAt('timestamp')
  const unit = useAt('timestamp.unit')
  const tolerance = useAt('tolerance')
  const there = timestamp.value !== null && timestamp.value !== undefined
  return (
    <Group title="Timestamp">
      <PlaceAt
        path="timestamp.place"
        kinds={PLACES}
        nowhere="There is none"
        onChoose={(place) =>
          timestamp.set(place && { ...Object(timestamp.value), place, unit: unit.value ?? 's' })
        }
      />
      {there && <ChoiceAt path="timestamp.unit" options={TimestampForm.shape.unit.options} />}
      <SelectField
        label="Tolerance"
        options={[
          { id: 'none', name: 'Age does not count' },
          { id: 'some', name: 'Too old or too far ahead is stale' },
        ]}
        value={tolerance.value ? 'some' : 'none'}
        error={tolerance.error}
        onChange={(id) =>
          tolerance.set(id === 'none' ? null : { pastSeconds: 300, futureSeconds: 300 })
        }
      />
      {Boolean(tolerance.value) && (
        <div className={pair}>
          <NumberAt path="tolerance.pastSeconds" hint="empty: any age" />
          <NumberAt path="tolerance.futureSeconds" hint="empty: any future" />
        </div>
      )}
    </Group>
  )
}

function Settings() {
  const { value, set } = useAt('settings')
  const count = Array.isArray(value) ? value.length : 0
  const added = { name: `setting${count + 1}`, label: '', hint: '', kind: 'text', required: true }
  return (
    <Group title="Settings beside the secret">
      {Array.from({ length: count }, (_, index) => (
        <Setting key={index} path={`settings[${index}]`} />
      ))}
      <div>
        <Button
          small
          icon={Plus}
          onPress={() => set([...(Array.isArray(value) ? value : []), added])}
        >
          Add a setting
        </Button>
      </div>
    </Group>
  )
}

function Setting({ path }: { path: string }) {
  const { set } = useAt(path)
  return (
    <div className="flex items-start gap-2">
      <div className="grid min-w-0 flex-1 grid-cols-3 items-start gap-2">
        <TextAt path={`${path}.name`} mono />
        <TextAt path={`${path}.label`} />
        <ChoiceAt path={`${path}.kind`} options={SettingForm.shape.kind.options} />
        <div className="col-span-3">
          <TextAt path={`${path}.hint`} />
        </div>
      </div>
      <div className="pt-6">
        <IconButton icon={Trash2} label="Remove this setting" onPress={() => set(undefined)} />
      </div>
    </div>
  )
}

/** The fields that most schemes need; what it does not show stays as the text has it. */
export function SchemeForm({ idIsFixed }: { idIsFixed: boolean }) {
  return (
    <div className="flex flex-col gap-4">
      <Group title="Sender">
        <div className={pair}>
          <TextAt path="name" />
          <TextAt path="id" mono disabled={idIsFixed} />
        </div>
        <TextAt path="documentationUrl" mono />
      </Group>
      <Group title="Signed content">
        <TextAt
          path="content"
          mono
          hint="{body} {timestamp} {id} {method} {url} {path} {secret} {header:NAME} {json:PATH} {settings.NAME}"
        />
        <div className={pair}>
          <ChoiceAt path="algorithm" options={Algorithm.options} />
          <ChoiceAt
            path="signedBody"
            options={['raw', 'compact-json']}
            names={{ raw: 'the bytes as sent', 'compact-json': 're-serialised JSON' }}
            without="the bytes as sent (default)"
          />
        </div>
      </Group>
      <Group title="Secret">
        <div className={pair}>
          <ChoiceAt path="key" label="The secret is read as" options={KeyForm.options} />
          <TextAt path="secretPrefix" mono optional />
        </div>
        <TextAt path="secretHint" label="Where the secret is found" />
      </Group>
      <Signature />
      <Timestamp />
      <Group title="Message">
        <PlaceAt path="messageId" kinds={PLACES} nowhere="There is none" absent={null} />
        <PlaceAt path="eventType[0]" kinds={PLACES} nowhere="There is none" />
      </Group>
      <Settings />
      <Group title="Recognition">
        <LinesAt path="recognition.headers" rows={2} hint="One per line; all of them are there." />
        <ChoiceAt path="recognition.confidence" options={Recognition.shape.confidence.options} />
      </Group>
      <Group title="Notes">
        <LinesAt path="quirks" rows={3} hint="One sentence per line." />
        <div className={pair}>
          <ChoiceAt path="confidence.kind" options={Confidence.shape.kind.options} />
          <TextAt path="confidence.by" />
        </div>
      </Group>
    </div>
  )
}
