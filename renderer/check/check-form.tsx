import { Play } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#renderer/controls/button.tsx'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { SelectField } from '#renderer/controls/choice.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { SchemeField } from '#renderer/endpoints/scheme-field.tsx'
import { SecretDrafts } from '#renderer/endpoints/secret-drafts.tsx'
import { SettingFields } from '#renderer/endpoints/setting-fields.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { checkProblems } from './check-form-state.ts'
import { checkGroups, groupWords } from './outcome-words.ts'
import type { Checking } from './use-checking.ts'

const GIVEN = 'given'
const noErrors = new Map<string, string>()

function Secrets({ checking, error }: { checking: Checking; error: string | undefined }) {
  const { form, change, signers, scheme } = checking
  return (
    <>
      <SelectField
        label="Signed with"
        value={form.endpointId === null ? GIVEN : String(form.endpointId)}
        onChange={(id) => change({ endpointId: id === GIVEN ? null : Number(id) })}
        options={[
          ...signers.map(({ id, name }) => ({
            id: String(id),
            name: visibleStart(name, 80),
            detail: 'Secrets and settings of this endpoint',
          })),
          { id: GIVEN, name: 'Secrets given here' },
        ]}
      />
      {form.endpointId === null && (
        <>
          <SecretDrafts
            drafts={form.secrets}
            onChange={(secrets) => change({ secrets })}
            hint={
              scheme?.secretKind === 'public-key'
                ? 'The private half of a test key pair, whose public half your handler has. Never stored.'
                : 'Used for this check only, never stored. Two of them: the rotation is checked too.'
            }
            errors={error === undefined ? noErrors : new Map([['secrets.0.text', error]])}
            named={false}
          />
          {scheme && (
            <SettingFields
              scheme={scheme}
              draft={form.settings}
              onChange={(settings) => change({ settings })}
              errors={noErrors}
            />
          )}
        </>
      )}
    </>
  )
}

/** Which handler, which scheme, whose secrets, and what is asked of it. */
export function CheckForm({ checking }: { checking: Checking }) {
  const { form, change, start, running } = checking
  const schemes = useSchemes()
  const [tried, setTried] = useState(false)
  const problems = tried ? checkProblems(form) : {}
  const run = () => {
    setTried(true)
    checking.run()
  }
  return (
    <EnterForm onEnter={run} className="flex flex-col gap-3">
      <Field
        label="Handler"
        mono
        type="url"
        placeholder="http://localhost:3000/webhooks"
        value={form.url}
        onChange={(url) => change({ url })}
        error={problems.url}
      />
      {/^\s*https:/i.test(form.url) && (
        <CheckBox
          label="Check the certificate"
          on={form.verifyTls}
          onChange={(verifyTls) => change({ verifyTls })}
        />
      )}
      <SchemeField
        schemes={schemes}
        nothing="Choose a scheme"
        value={form.schemeId}
        onChange={checking.chooseScheme}
        error={problems.scheme}
      />
      {form.schemeId !== null && <Secrets checking={checking} error={problems.secret} />}
      <div role="group" aria-label="What is checked" className="flex flex-col gap-1.5">
        <p aria-hidden className="text-sm font-medium text-ink-2">
          What is checked
        </p>
        {checkGroups.map((group) => (
          <CheckBox
            key={group}
            label={groupWords[group].name}
            hint={groupWords[group].sentence}
            on={form.groups.includes(group)}
            onChange={(on) =>
              change({
                groups: checkGroups.filter((each) =>
                  each === group ? on : form.groups.includes(each),
                ),
              })
            }
          />
        ))}
        {problems.groups !== undefined && <p className="text-sm text-red">{problems.groups}</p>}
      </div>
      {start.error && (
        <p role="alert" className="selectable text-red">
          {checking.startProblem}
        </p>
      )}
      <div>
        <Button kind="primary" icon={Play} isDisabled={running || start.isPending} onPress={run}>
          {running ? 'Running…' : 'Run the check'}
        </Button>
      </div>
    </EnterForm>
  )
}
