import { ArrowUpDown, Minus, Pencil, Plus, CaseSensitive, type LucideIcon } from 'lucide-react'
import type { JsonChange } from './json-diff.ts'

interface ChangeLook {
  word: string
  icon: LucideIcon
  text: string
  /** Of the row that it stands in. */
  ground: string
}

/** Icon, word and colour of a change; never one without the others. */
export const changeLooks: Record<JsonChange | 'moved' | 'recased', ChangeLook> = {
  added: { word: 'added', icon: Plus, text: 'text-green', ground: 'soft-green' },
  removed: { word: 'removed', icon: Minus, text: 'text-red', ground: 'soft-red' },
  changed: { word: 'changed', icon: Pencil, text: 'text-amber', ground: '' },
  respelled: {
    word: 'same value, other characters',
    icon: CaseSensitive,
    text: 'text-blue',
    ground: '',
  },
  order: { word: 'order of keys', icon: ArrowUpDown, text: 'text-violet', ground: '' },
  moved: { word: 'moved', icon: ArrowUpDown, text: 'text-violet', ground: '' },
  recased: { word: 'other capitals', icon: CaseSensitive, text: 'text-blue', ground: '' },
}
