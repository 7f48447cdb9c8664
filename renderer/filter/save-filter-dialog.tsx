import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { parseFilter } from '#contract/filter/parse.ts'
import type { SavedFilter } from '#contract/saved-filter.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { fieldErrors } from '#renderer/words/errors.ts'
import { describeFilter } from './describe.ts'

const FIELDS = ['name', 'query']
const refetch = () => queryClient.invalidateQueries({ queryKey: api.savedFilters.key() })

interface Props {
  query: string
  /** The filter that is changed; absent: a new one. */
  saved?: SavedFilter
  onClose: () => void
}

/** Asks for the name of a filter, and lets it be changed. */
export function SaveFilterDialog({ query, saved, onClose }: Props) {
  const [draft, setDraft] = useState({ name: saved?.name ?? '', query })
  const onSuccess = async () => {
    await refetch()
    onClose()
  }
  const create = useMutation(api.savedFilters.create.mutationOptions({ onSuccess }))
  const update = useMutation(api.savedFilters.update.mutationOptions({ onSuccess }))
  const running = saved ? update : create
  const errors = fieldErrors(running.error, FIELDS)
  const nowMs = useClock()
  const parsed = parseFilter(draft.query, nowMs)
  const save = () => {
    if (saved) update.mutate({ id: saved.id, ...draft })
    else create.mutate(draft)
  }
  return (
    <Dialog
      title={saved ? 'Edit the saved filter' : 'Save this filter'}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isDisabled={running.isPending} onPress={save}>
            Save
          </Button>
        </>
      }
    >
      <EnterForm onEnter={save} className="flex flex-col gap-4">
        <Field
          label="Name"
          autoFocus
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          error={errors.get('name') ?? errors.get('')}
          hint="It stands in the sidebar under this name, with how many deliveries it finds."
        />
        <Field
          label="Filter"
          mono
          value={draft.query}
          onChange={(next) => setDraft({ ...draft, query: next })}
          error={parsed.ok ? errors.get('query') : parsed.problem.sentence}
          hint={parsed.ok ? `Finds ${describeFilter(parsed.filter, nowMs)}.` : undefined}
        />
      </EnterForm>
    </Dialog>
  )
}
