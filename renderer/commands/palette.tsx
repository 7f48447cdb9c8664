import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components'
import { EndpointDot } from '#renderer/controls/marks.tsx'
import { paletteGroups, type PaletteEntry, type PaletteGroup } from './palette-entries.ts'
import { noteEntry, recentEntries } from './recent.ts'
import { KeySigns } from './shortcut-sheet.tsx'
import { usePaletteEntries } from './use-palette-entries.ts'

function Entry({ entry }: { entry: PaletteEntry }) {
  return (
    <ListBoxItem
      id={entry.id}
      textValue={entry.title}
      className="flex h-8 scroll-my-2 items-center gap-2.5 rounded-md px-2.5 outline-none data-[focused]:bg-accent-soft"
    >
      {entry.colour !== undefined && <EndpointDot colour={entry.colour} />}
      <bdi className="min-w-0 truncate">{entry.title}</bdi>
      {entry.detail !== undefined && (
        <bdi className="min-w-0 flex-1 truncate text-sm text-ink-3">{entry.detail}</bdi>
      )}
      <span className="ml-auto flex shrink-0 items-center gap-2">
        {entry.keys?.slice(0, 1).map((key) => (
          <KeySigns key={key} keyName={key} />
        ))}
      </span>
    </ListBoxItem>
  )
}

function Group({ group }: { group: PaletteGroup }) {
  return (
    <ListBoxSection id={group.title} aria-label={group.title || 'Found'} className="not-first:mt-1">
      {group.title !== '' && (
        <Header className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3">{group.title}</Header>
      )}
      {group.entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ListBoxSection>
  )
}

interface Props {
  find?: 'endpoints'
  onClose: () => void
}

/** Every action that is possible now, and every place to go to, by a few letters of its name. */
export function Palette({ find, onClose }: Props) {
  const [typed, setTyped] = useState('')
  const [recent] = useState(recentEntries)
  const entries = usePaletteEntries(typed, find)
  const groups = useMemo(
    () => paletteGroups(entries, typed, find ? [] : recent),
    [entries, typed, recent, find],
  )
  const label = find ? 'Go to an endpoint' : 'Find an action, an endpoint or a delivery'
  const choose = (id: string) => {
    const entry = entries.find((each) => each.id === id)
    if (!entry) return
    noteEntry(entry.id)
    onClose()
    // The dialog gives the focus back before the action takes it somewhere.
    requestAnimationFrame(entry.run)
  }
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 flex items-start justify-center bg-scrim px-4 pt-[12vh] pb-6"
    >
      <Modal className="appear float-shadow flex max-h-[min(30rem,100%)] w-full max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-raised">
        <Dialog aria-label="Commands" className="flex min-h-0 flex-1 flex-col outline-none">
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <TextField autoFocus className="flex items-center gap-2.5 border-b border-line px-4">
              <Label className="sr-only">{label}</Label>
              <Search size={15} aria-hidden className="shrink-0 text-ink-3" />
              <Input
                role="combobox"
                aria-expanded
                aria-haspopup="listbox"
                placeholder={label}
                spellCheck={false}
                className="h-11 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-3"
              />
            </TextField>
            <ListBox
              aria-label="Commands"
              onAction={(key) => choose(String(key))}
              className="min-h-0 flex-1 overflow-y-auto p-1.5 outline-none"
              renderEmptyState={() => (
                <p className="px-2.5 py-6 text-center text-ink-3">Nothing here is called that.</p>
              )}
            >
              {groups.map((group) => (
                <Group key={group.title} group={group} />
              ))}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
