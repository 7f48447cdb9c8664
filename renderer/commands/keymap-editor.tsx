import { useMutation, useQuery } from '@tanstack/react-query'
import { RotateCcw, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Keymap } from '#contract/settings.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { commandGroups, commands, type Command, type CommandId } from './command-list.ts'
import { KeyRecorder } from './key-recorder.tsx'
import { takeKeymap, useOwnKeys } from './keymap-store.ts'
import { conflictsOf, defaultKeys, keymapProblems, keysOf, withKeys } from './keymap.ts'
import { keyText } from './keys.ts'
import { score } from './score.ts'

const { isMac } = platform

function titleOf(id: CommandId): string {
  return commands.find((command) => command.id === id)?.title ?? id
}

/** Ids of the other commands that want a key of this one, with the key. */
function conflictLines(id: CommandId, own: Keymap): string[] {
  return conflictsOf(own, isMac)
    .filter(({ ids }) => ids.includes(id))
    .map(({ key, ids }) => {
      const others = ids.filter((each) => each !== id).map((each) => `“${titleOf(each)}”`)
      return `${keyText(key, isMac)} is also the key of ${others.join(' and ')}; only one of them hears it.`
    })
}

interface RowProps {
  command: Command
  own: Keymap
  onChange: (keys: string[] | null) => void
}

function Row({ command, own, onChange }: RowProps) {
  const keys = keysOf(command, own, isMac)
  const isOwn = own[command.id] !== undefined
  const conflicts = conflictLines(command.id, own)
  const standard = defaultKeys(command, isMac).map((key) => keyText(key, isMac))
  const defaults = standard.length > 0 ? standard.join(', ') : 'none'
  return (
    <li className="flex flex-col gap-1 border-b border-line py-1.5 last:border-b-0">
      <div className="flex min-h-7 items-center gap-3">
        <span className="min-w-0 flex-1 text-ink-2">{command.title}</span>
        <KeyRecorder title={command.title} keys={keys} onChange={onChange} />
        <span className="size-6">
          {isOwn && (
            <IconButton
              small
              icon={RotateCcw}
              label={`Reset the keys of “${command.title}” to ${defaults}`}
              onPress={() => onChange(null)}
            />
          )}
        </span>
      </div>
      {conflicts.map((line) => (
        <p key={line} className="flex items-center gap-1.5 text-sm text-amber">
          <TriangleAlert size={13} aria-hidden className="shrink-0" /> {line}
        </p>
      ))}
    </li>
  )
}

/** Keeps the keymap in its file, and uses it at once. */
function useSaveKeymap() {
  const own = useOwnKeys()
  const save = useMutation(
    api.settings.setKeymap.mutationOptions({
      // One after another: what a save leaves in the file is what the last change asked for.
      scope: { id: 'keymap' },
      onSuccess: async (_, { keymap }) => {
        const queryKey = api.settings.keymap.queryKey()
        // A reading that began before this save tells of the keys as they were.
        await queryClient.cancelQueries({ queryKey })
        queryClient.setQueryData(queryKey, (file) => file && { ...file, keymap, problem: null })
      },
    }),
  )
  return {
    own,
    error: save.error,
    set: (keymap: Keymap) => {
      takeKeymap(keymap)
      save.mutate({ keymap }, { onError: () => takeKeymap(own) })
    },
  }
}

/** What the file holds that is not used, and why. */
function FileProblems({ own }: { own: Keymap }) {
  const file = useQuery(api.settings.keymap.queryOptions()).data
  const problems = [...(file?.problem ? [file.problem] : []), ...keymapProblems(own, isMac)]
  return (
    <>
      {problems.map((problem) => (
        <p key={problem} className="selectable text-sm text-amber">
          {problem}
        </p>
      ))}
      {file && (
        <p className="text-sm text-ink-3">
          Kept in <span className="quoted selectable">{file.file}</span>
        </p>
      )}
    </>
  )
}

/** The settings page “Shortcuts”: every action with its keys, to be recorded anew. */
export function KeymapEditor() {
  const [typed, setTyped] = useState('')
  const { own, error, set } = useSaveKeymap()
  const found = commands.filter(({ title, group }) => score(typed, `${title} ${group}`) !== null)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <Field
            label="Find an action"
            hideLabel
            placeholder="Find an action"
            value={typed}
            onChange={setTyped}
          />
        </div>
        <Button isDisabled={Object.keys(own).length === 0} onPress={() => set({})}>
          Reset all
        </Button>
      </div>
      {error && (
        <p role="alert" className="selectable text-red">
          {errorSentence(error)}
        </p>
      )}
      {commandGroups.map((group) => {
        const members = found.filter((command) => command.group === group)
        if (members.length === 0) return null
        return (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-sm font-semibold">{group}</h3>
            <ul>
              {members.map((command) => (
                <Row
                  key={command.id}
                  command={command}
                  own={own}
                  onChange={(keys) => set(withKeys(own, command.id, keys))}
                />
              ))}
            </ul>
          </section>
        )
      })}
      {found.length === 0 && (
        <p className="py-4 text-center text-ink-3">No action is called that.</p>
      )}
      <FileProblems own={own} />
    </div>
  )
}
