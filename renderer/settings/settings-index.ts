/** The sections of the settings, in their order. */
export const sections = [
  { id: 'listener', name: 'Listener' },
  { id: 'publicUrl', name: 'Public URL' },
  { id: 'endpoints', name: 'Endpoints' },
  { id: 'secrets', name: 'Secrets' },
  { id: 'retention', name: 'Retention' },
  { id: 'data', name: 'Data' },
  { id: 'appearance', name: 'Appearance' },
  { id: 'shortcuts', name: 'Shortcuts' },
  { id: 'notifications', name: 'Notifications' },
  { id: 'desktop', name: 'Desktop' },
  { id: 'privacy', name: 'Privacy' },
  { id: 'transfer', name: 'Export and import' },
] as const

export type SectionId = (typeof sections)[number]['id']

interface Entry {
  section: SectionId
  title: string
  /** Also looked for: what people may call it. */
  words: string
}

/** Every setting: its title, and the words by which it is found. */
export const settings = {
  address: {
    section: 'listener',
    title: 'Address',
    words: 'host bind interface loopback localhost 127.0.0.1 0.0.0.0 lan network ip capture url',
  },
  port: { section: 'listener', title: 'Port', words: 'number 4100 tcp capture url' },
  https: {
    section: 'listener',
    title: 'HTTPS',
    words: 'tls ssl certificate key pem mkcert secure http protocol authority ca trust http2',
  },
  clientCertificates: {
    section: 'listener',
    title: 'Mutual TLS',
    words: 'mtls client cert sender authority require ca',
  },
  pathToken: {
    section: 'listener',
    title: 'Path token',
    words: 'secret url random prefix network public guess 404 protect',
  },
  bodyLimit: {
    section: 'listener',
    title: 'Largest body',
    words: 'limit size 413 mib bytes upload payload',
  },
  tunnel: {
    section: 'publicUrl',
    title: 'Tunnel',
    words: 'cloudflared ngrok tailscale funnel localhost.run internet outside https reach expose',
  },
  ssh: {
    section: 'publicUrl',
    title: 'Server for ssh -R',
    words: 'remote tunnel localhost.run serveo own server internet',
  },
  ownUrl: {
    section: 'publicUrl',
    title: 'A public URL of your own',
    words: 'proxy tunnel domain hostname twilio square signed internet',
  },
  proxies: {
    section: 'publicUrl',
    title: 'Proxies that are believed',
    words: 'x-forwarded-for x-forwarded-proto x-forwarded-host trust nginx caddy address sender ip',
  },
  endpoints: {
    section: 'endpoints',
    title: 'All endpoints',
    words: 'path scheme tolerance add edit remove colour',
  },
  dataKey: {
    section: 'secrets',
    title: 'Where secrets are sealed',
    words:
      'data key keychain keyring os storage key file passphrase encryption locked unlock slot rotate',
  },
  endpointSecrets: {
    section: 'secrets',
    title: 'Signing secrets of endpoints',
    words: 'rotation usable locked unreadable whsec',
  },
  keep: {
    section: 'retention',
    title: 'What is kept',
    words: 'count number newest age days bytes size megabytes gigabytes delete old pinned disk',
  },
  health: {
    section: 'data',
    title: 'Health',
    words: 'doctor check integrity corrupt damaged repair orphaned missing size directory disk',
  },
  backup: {
    section: 'data',
    title: 'Backups',
    words: 'backup copy archive restore tar snapshot migration save',
  },
  appearance: {
    section: 'appearance',
    title: 'Theme, density and zoom',
    words: 'dark light system colour compact comfortable rows larger smaller font',
  },
  keys: {
    section: 'shortcuts',
    title: 'Keys of actions',
    words: 'keyboard keymap remap hotkey binding keymap.json',
  },
  notify: {
    section: 'notifications',
    title: 'Outside this window',
    words: 'notify alert desktop permission on off test',
  },
  rules: {
    section: 'notifications',
    title: 'Rules',
    words: 'failure endpoint filter query when',
  },
  startAtLogin: {
    section: 'desktop',
    title: 'Start at login',
    words: 'autostart boot background hidden login item',
  },
  closing: {
    section: 'desktop',
    title: 'Closing the window',
    words: 'quit background tray menu bar hide keep recording',
  },
  updates: {
    section: 'desktop',
    title: 'Updates',
    words: 'newer version upgrade release notes install automatic',
  },
  places: {
    section: 'privacy',
    title: 'What is stored where',
    words: 'data directory folder database sqlite bodies files disk',
  },
  network: {
    section: 'privacy',
    title: 'What leaves this machine',
    words: 'telemetry network tracking update analytics offline',
  },
  logs: {
    section: 'privacy',
    title: 'Logs',
    words: 'log debug diagnostics error folder copy',
  },
  hosts: {
    section: 'privacy',
    title: 'Hosts that may be sent to',
    words: 'allowed remote replay forward consent ask permission',
  },
  choices: {
    section: 'privacy',
    title: 'Choices of this window',
    words: 'local storage clear filter history recent reset widths columns',
  },
  export: {
    section: 'transfer',
    title: 'Export',
    words: 'save file json backup share move machine',
  },
  import: {
    section: 'transfer',
    title: 'Import',
    words: 'load file json restore share move machine',
  },
} as const satisfies Record<string, Entry>

export type SettingId = keyof typeof settings

const ids = Object.keys(settings).filter((id): id is SettingId => id in settings)

/** The settings that have every word of `text` in their title, section or words; all for none. */
export function findSettings(text: string): ReadonlySet<SettingId> {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  return new Set(
    ids.filter((id) => {
      const { section, title, words } = settings[id]
      const name = sections.find((each) => each.id === section)?.name ?? ''
      const all = `${name} ${title} ${words}`.toLowerCase()
      return wanted.every((word) => all.includes(word))
    }),
  )
}

/** The sections that have any of these settings, in their order. */
export function sectionsOf(found: ReadonlySet<SettingId>): SectionId[] {
  const wanted = new Set<string>([...found].map((id) => settings[id].section))
  return sections.flatMap(({ id }) => (wanted.has(id) ? [id] : []))
}

export function isSectionId(text: string | null): text is SectionId {
  return sections.some(({ id }) => id === text)
}
