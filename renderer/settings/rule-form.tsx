import { useState } from 'react'
import { parseFilter } from '#contract/filter/parse.ts'
import { NotificationRule } from '#contract/settings.ts'
import { Button } from '#renderer/controls/button.tsx'
import { SelectField } from '#renderer/controls/choice.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'

const ANY = 'any failure'
const OWN = 'own filter'
const endpointOption = (name: string) => `endpoint ${name}`

/** A name in the filter language: in quotes where it is not one word. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
}

/** What is wrong with a rule, in one sentence; else the rule. */
function readRule(
  name: string,
  query: string,
  taken: readonly string[],
): NotificationRule | { field: 'name' | 'query'; sentence: string } {
  const parsed = parseFilter(query, Date.now())
  if (!parsed.ok) return { field: 'query', sentence: parsed.problem.sentence }
  const rule = NotificationRule.safeParse({ name, query: query.trim(), enabled: true })
  if (!rule.success) {
    return { field: 'name', sentence: rule.error.issues[0]?.message ?? 'Give the rule a name.' }
  }
  if (taken.includes(rule.data.name)) {
    return { field: 'name', sentence: 'Another rule has that name. Choose a different one.' }
  }
  return rule.data
}

/** A new rule: of any failure, of an endpoint, or of any filter. */
export function RuleForm(props: {
  taken: readonly string[]
  endpoints: readonly string[]
  onAdd: (rule: NotificationRule) => void
  onCancel: () => void
}) {
  const [kind, setKind] = useState(ANY)
  const [name, setName] = useState('Failures')
  const [query, setQuery] = useState('is:failure')
  const [problem, setProblem] = useState<{ field: string; sentence: string } | null>(null)
  const choose = (id: string) => {
    setKind(id)
    setProblem(null)
    const endpoint = props.endpoints.find((each) => endpointOption(each) === id)
    if (endpoint !== undefined) {
      setName(endpoint)
      setQuery(`endpoint:${quoted(endpoint)}`)
    } else if (id === ANY) {
      setName('Failures')
      setQuery('is:failure')
    }
  }
  const add = () => {
    const rule = readRule(name, query, props.taken)
    if ('field' in rule) setProblem(rule)
    else props.onAdd(rule)
  }
  const errorOf = (field: string) => (problem?.field === field ? problem.sentence : undefined)
  return (
    <EnterForm
      onEnter={add}
      className="flex max-w-lg flex-col gap-3 rounded-md border border-line bg-canvas p-4"
    >
      <SelectField
        label="Notify of"
        value={kind}
        onChange={choose}
        options={[
          { id: ANY, name: 'Any failure' },
          ...props.endpoints.map((each) => ({
            id: endpointOption(each),
            name: `Everything to ${each}`,
          })),
          { id: OWN, name: 'What a filter finds' },
        ]}
      />
      <Field label="Name" value={name} onChange={setName} error={errorOf('name')} />
      <Field
        label="Filter"
        mono
        value={query}
        onChange={(text) => {
          setQuery(text)
          setKind(OWN)
        }}
        error={errorOf('query')}
      />
      <div className="flex gap-2">
        <Button kind="primary" onPress={add}>
          Add the rule
        </Button>
        <Button kind="quiet" onPress={props.onCancel}>
          Cancel
        </Button>
      </div>
    </EnterForm>
  )
}
