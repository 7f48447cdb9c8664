/** Headings of the palette and of the shortcut sheet, in their order. */
export const commandGroups = ['List', 'Delivery', 'Find', 'Go', 'App'] as const
export type CommandGroup = (typeof commandGroups)[number]

/**
 * Where the focus must be for a key to work: anywhere that is not a text, in the list (or nowhere),
 * or in the delivery. Of two commands with one key the narrower place comes first. A key that is a
 * single character works anywhere, whatever stands here.
 */
export type CommandPlace = 'anywhere' | 'list' | 'delivery'

interface CommandData {
  readonly id: string
  readonly title: string
  readonly group: CommandGroup
  /** Default keys, such as `Mod+K`, `J` (the letter alone), `Shift+J`, `ArrowDown`, `?`. */
  readonly keys: readonly string[]
  /** Where macOS has a habit of its own. */
  readonly macKeys?: readonly string[]
  /** `anywhere` when absent. */
  readonly place?: CommandPlace
  /** Goes on while the key is held down. */
  readonly repeats?: true
  /** Its keys with Mod, Ctrl or Alt work while a text is being typed. */
  readonly whileTyping?: true
  /** Its keys work while a dialog is open. */
  readonly inDialogs?: true
  /** Means nothing without the keyboard, so that the palette leaves it out. */
  readonly keyOnly?: true
}

const data = [
  ...(
    [
      ['list.next', 'Next delivery', ['ArrowDown', 'J']],
      ['list.previous', 'Previous delivery', ['ArrowUp', 'K']],
      ['list.first', 'First row', ['Home']],
      ['list.last', 'Last row', ['End']],
      ['list.pageDown', 'One page down', ['PageDown']],
      ['list.pageUp', 'One page up', ['PageUp']],
      ['list.extendDown', 'Extend the selection down', ['Shift+ArrowDown', 'Shift+J']],
      ['list.extendUp', 'Extend the selection up', ['Shift+ArrowUp', 'Shift+K']],
    ] as const
  ).map(
    ([id, title, keys]) =>
      ({ id, title, group: 'List', keys, place: 'list', repeats: true, keyOnly: true }) as const,
  ),
  {
    id: 'list.open',
    title: 'Go into the delivery',
    group: 'List',
    keys: ['Enter'],
    place: 'list',
    keyOnly: true,
  },
  {
    id: 'list.toggleRow',
    title: 'Select or deselect the row',
    group: 'List',
    keys: ['X', 'Space'],
    place: 'list',
  },
  {
    id: 'list.selectAll',
    title: 'Select everything that the filter finds',
    group: 'List',
    keys: ['Mod+A'],
    place: 'list',
  },
  {
    id: 'list.newest',
    title: 'Go to the newest deliveries',
    group: 'List',
    keys: ['.', 'Mod+ArrowUp'],
    place: 'list',
  },
  { id: 'list.group', title: 'Group attempts of one message', group: 'List', keys: ['Shift+G'] },
  { id: 'list.pause', title: 'Pause or resume the list', group: 'List', keys: ['Shift+P'] },
  { id: 'list.columns', title: 'Choose columns', group: 'List', keys: [] },
  {
    id: 'list.export',
    title: 'Export what is selected, open, or found',
    group: 'List',
    keys: ['Shift+E'],
  },

  { id: 'delivery.replay', title: 'Replay the delivery', group: 'Delivery', keys: ['R'] },
  {
    id: 'delivery.replayAgain',
    title: 'Replay as last time, without a dialog',
    group: 'Delivery',
    keys: ['Shift+R'],
  },
  { id: 'delivery.pin', title: 'Pin or unpin', group: 'Delivery', keys: ['P'] },
  { id: 'delivery.tag', title: 'Tag', group: 'Delivery', keys: ['T'] },
  { id: 'delivery.note', title: 'Write a note', group: 'Delivery', keys: ['Shift+N'] },
  {
    id: 'delivery.delete',
    title: 'Delete',
    group: 'Delivery',
    keys: ['Delete'],
    macKeys: ['Delete', 'Mod+Backspace'],
  },
  { id: 'delivery.copyCurl', title: 'Copy as cURL', group: 'Delivery', keys: ['C'] },
  { id: 'delivery.copyId', title: 'Copy the message id', group: 'Delivery', keys: ['Shift+C'] },
  { id: 'delivery.copyLink', title: 'Copy a link to the delivery', group: 'Delivery', keys: ['L'] },
  {
    id: 'delivery.compare',
    title: 'Compare with another delivery',
    group: 'Delivery',
    keys: ['D'],
  },
  {
    id: 'delivery.saveBody',
    title: 'Save the body as a file',
    group: 'Delivery',
    keys: ['Mod+S'],
    whileTyping: true,
  },
  { id: 'delivery.saveFixture', title: 'Save as fixture', group: 'Delivery', keys: [] },
  {
    id: 'delivery.close',
    title: 'Back to the list, then close the delivery',
    group: 'Delivery',
    keys: ['Escape'],
  },
  ...(
    [
      ['1', 'Verification'],
      ['2', 'Headers'],
      ['3', 'Body'],
      ['4', 'Response'],
      ['5', 'Timeline'],
      ['6', 'Raw'],
      ['7', 'Notes'],
    ] as const
  ).map(
    ([key, tab]) =>
      ({
        id: `tab.${key}`,
        title: `Show ${tab} of the delivery`,
        group: 'Delivery',
        keys: [key],
      }) as const,
  ),

  { id: 'filter.focus', title: 'Filter', group: 'Find', keys: ['/', 'Mod+F'], whileTyping: true },
  { id: 'filter.save', title: 'Save the filter', group: 'Find', keys: ['Shift+S'] },
  { id: 'filter.clear', title: 'Clear the filter', group: 'Find', keys: ['Shift+X'] },
  {
    id: 'body.find',
    title: 'Find in the body',
    group: 'Find',
    keys: ['Mod+F'],
    place: 'delivery',
    whileTyping: true,
  },

  { id: 'go.all', title: 'Go to all deliveries', group: 'Go', keys: ['A'] },
  { id: 'go.endpoint', title: 'Go to an endpoint', group: 'Go', keys: ['G'] },
  { id: 'go.failures', title: 'Go to failures', group: 'Go', keys: ['F'] },
  { id: 'go.overview', title: 'Go to the overview', group: 'Go', keys: ['O'] },
  { id: 'go.replays', title: 'Go to replays', group: 'Go', keys: ['Y'] },
  { id: 'go.compose', title: 'Go to Compose', group: 'Go', keys: ['W'] },
  { id: 'go.checks', title: 'Go to the endpoint check', group: 'Go', keys: ['E'] },
  { id: 'go.fixtures', title: 'Go to fixtures', group: 'Go', keys: [] },
  { id: 'go.verify', title: 'Go to Verify', group: 'Go', keys: ['V'] },
  { id: 'go.schemes', title: 'Go to schemes', group: 'Go', keys: ['S'] },
  { id: 'go.subscriberHash', title: 'Go to the subscriber hash', group: 'Go', keys: [] },
  {
    id: 'go.back',
    title: 'Back',
    group: 'Go',
    keys: ['Alt+ArrowLeft'],
    macKeys: ['Mod+['],
    whileTyping: true,
  },
  {
    id: 'go.forward',
    title: 'Forward',
    group: 'Go',
    keys: ['Alt+ArrowRight'],
    macKeys: ['Mod+]'],
    whileTyping: true,
  },

  {
    id: 'app.palette',
    title: 'Commands',
    group: 'App',
    keys: ['Mod+K'],
    whileTyping: true,
    inDialogs: true,
    keyOnly: true,
  },
  { id: 'app.docs', title: 'Documentation', group: 'App', keys: ['F1'] },
  { id: 'app.shortcuts', title: 'Keyboard shortcuts', group: 'App', keys: ['?'] },
  { id: 'app.settings', title: 'Settings', group: 'App', keys: ['Mod+,'], whileTyping: true },
  { id: 'app.addEndpoint', title: 'Add an endpoint', group: 'App', keys: ['N'] },
  { id: 'app.sendTest', title: 'Send a test webhook', group: 'App', keys: ['Shift+T'] },
  { id: 'app.sidebar', title: 'Show or hide the sidebar', group: 'App', keys: ['[', 'Mod+B'] },
  {
    id: 'app.detail',
    title: 'Show or hide the delivery beside the list',
    group: 'App',
    keys: [']'],
  },
  {
    id: 'app.theme',
    title: 'Change the theme: system, light, dark',
    group: 'App',
    keys: ['Shift+M'],
  },
  {
    id: 'app.density',
    title: 'Change the density: comfortable, compact',
    group: 'App',
    keys: ['Shift+D'],
  },
  {
    id: 'app.zoomIn',
    title: 'Zoom in',
    group: 'App',
    keys: ['Mod+=', 'Mod+Plus'],
    repeats: true,
    whileTyping: true,
    inDialogs: true,
  },
  {
    id: 'app.zoomOut',
    title: 'Zoom out',
    group: 'App',
    keys: ['Mod+-'],
    repeats: true,
    whileTyping: true,
    inDialogs: true,
  },
  {
    id: 'app.zoomReset',
    title: 'Actual size',
    group: 'App',
    keys: ['Mod+0'],
    whileTyping: true,
    inDialogs: true,
  },
  { id: 'app.import', title: 'Import deliveries', group: 'App', keys: ['Shift+I'] },
  { id: 'app.pause', title: 'Pause or resume listening', group: 'App', keys: [] },
  { id: 'app.updates', title: 'Updates', group: 'App', keys: [] },
  { id: 'edit.undo', title: 'Undo', group: 'App', keys: ['Mod+Z'] },
] as const satisfies readonly CommandData[]

export type CommandId = (typeof data)[number]['id']

/** An action of the app. What it does is whatever `useCommand` registers for it. */
export interface Command extends CommandData {
  readonly id: CommandId
}

/** Every action, in the order of the shortcut sheet. */
export const commands: readonly Command[] = data

export function isCommandId(text: string): text is CommandId {
  return commands.some(({ id }) => id === text)
}
