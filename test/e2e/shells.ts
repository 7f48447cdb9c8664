/**
 * Which specs one shell leaves to the other. Both shells show the same page; what differs is how it
 * reaches the engine (WebSocket or MessagePort), and windows, menus, links, files, the clipboard,
 * notices, locks and crashes. The main journeys and all of those run in both, specs of one shell
 * are called `*.browser.e2e.ts` and `*.desktop.e2e.ts`, and what is only drawn, typed and pressed in
 * the page runs in the browser alone, as do single tests marked @browser.
 *
 * `COUNTERSIGN_E2E_ALL=1` runs everything that can run in both, in both.
 */
export const drawnAlike: Readonly<Record<string, string>> = {
  'body-views': 'the views of a body and finding in them',
  'catch-all': 'what is offered for deliveries without an endpoint',
  challenges: 'settings of schemes in the dialog, and what handshakes are called',
  check: 'the form and the report of the endpoint check',
  diff: 'comparing two deliveries',
  duplicates: 'how repeats are marked',
  filter: 'typing into the filter field',
  hostile: 'single payloads; the whole corpus runs in both shells',
  hygiene: 'what is said of payloads and secrets',
  list: 'columns, order, groups, selecting',
  'long-list': 'scrolling five thousand rows',
  onboarding: 'the first steps',
  overview: 'the pictures',
  quality: 'keys, focus, little room, little motion',
  'replay-bulk': 'the pages of a bulk replay; single replays run in both',
  'replay-edit': 'editing a replay; sending and re-signing run in both',
  'scheme-choice': 'choosing a scheme',
  'scheme-editor': 'writing a scheme',
  schemes: 'verdicts of five schemes in the list',
  'subscriber-hash': 'a tool in the page',
  'verify-page': 'a tool in the page',
}

/** Whether each shell runs everything that it can. */
export const runsAll = Boolean(process.env['COUNTERSIGN_E2E_ALL'])
