import type { TunnelId } from '#contract/tunnel.ts'

/** What a failure of a program means, told by a line of its output, and what to do about it. */
export interface KnownFailure {
  line: RegExp
  remedy: string
  /** It waits for ever or tries again for ever instead of ending: then we end it. */
  final?: boolean
}

/**
 * A tunnel program as data. In arguments `{url}` is the listener's address, `{insecureUrl}` the same
 * in tailscale's spelling for a certificate that nobody vouches for, `{at}` its host and port;
 * `{destination}` and `{remotePort}` are of the settings.
 */
export interface ProgramData {
  id: TunnelId
  name: string
  /** What it is and what it takes. */
  about: string
  installUrl: string
  /** Its file, without `.exe`. */
  file: string
  /** Where else than on PATH it may be: programs with a window get a short PATH on macOS. */
  places: readonly string[]
  version: { args: readonly string[]; pattern: RegExp }
  /** For a listener that speaks HTTP, and for one that speaks HTTPS; `null`: it cannot. */
  args: { http: readonly string[]; https: readonly string[] | null }
  /** The same where the public URL is known beforehand, and the program tells none. */
  argsForKnownUrl?: readonly string[]
  /** The first group of the first that matches a line is the public URL. */
  url: readonly RegExp[]
  /** Counts only after this line. */
  urlAfter?: RegExp
  /** Senders get through once this line came; absent: with the URL. */
  connected?: RegExp
  /** The same where the public URL is known beforehand. */
  connectedForKnownUrl?: RegExp
  /** Variables beside the common ones that it needs. */
  env: readonly string[]
  failures: readonly KnownFailure[]
  /** Lines that are no words of a failure. */
  noise?: RegExp
}

const HOMEBREW = ['/opt/homebrew/bin', '/usr/local/bin']
const NO_NETWORK =
  'This computer does not reach its service. Look at the network, and at a proxy or firewall.'

/** Sources: docs and source of cloudflared; its quick tunnels need no account. */
const cloudflared: ProgramData = {
  id: 'cloudflared',
  name: 'cloudflared',
  about: 'Cloudflare’s quick tunnel: no account, a new https:// URL at each start.',
  installUrl:
    'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/',
  file: 'cloudflared',
  places: HOMEBREW,
  version: { args: ['--version'], pattern: /cloudflared version (\S+)/ },
  args: {
    http: ['tunnel', '--no-autoupdate', '--url', '{url}'],
    https: ['tunnel', '--no-autoupdate', '--no-tls-verify', '--url', '{url}'],
  },
  // In a box, so that the address of its own service in an error is not taken for it.
  url: [/\|\s+(https:\/\/[a-z0-9-]+\.trycloudflare\.com)\s+\|/],
  connected: /Registered tunnel connection|Connection \S+ registered/,
  env: [],
  failures: [
    {
      line: /429 Too Many Requests|error code: 1015/i,
      remedy:
        'Cloudflare limits how many quick tunnels are made from one network. Wait some minutes, or use another program.',
    },
    {
      line: /failed to (?:parse|unmarshal) quick Tunnel/i,
      remedy: 'Cloudflare’s service is out of order, or this cloudflared is too old. Update it.',
    },
    { line: /no such host|dial tcp|i\/o timeout|network is unreachable/i, remedy: NO_NETWORK },
  ],
}

/** Sources: ngrok.com/docs/agent/cli and /docs/errors. */
const ngrok: ProgramData = {
  id: 'ngrok',
  name: 'ngrok',
  about: 'Needs an account; a free one has one URL of its own.',
  installUrl: 'https://ngrok.com/download',
  file: 'ngrok',
  places: [...HOMEBREW, '/snap/bin'],
  version: { args: ['version'], pattern: /ngrok version (\S+)/ },
  // It takes any certificate of an https:// upstream.
  args: {
    http: ['http', '{url}', '--log', 'stdout', '--log-format', 'logfmt'],
    https: ['http', '{url}', '--log', 'stdout', '--log-format', 'logfmt'],
  },
  url: [/msg="started tunnel".* url=(https?:\/\/\S+)/],
  env: ['NGROK_AUTHTOKEN', 'NGROK_CONFIG'],
  failures: [
    {
      line: /ERR_NGROK_(?:4018|105|106|107)\b/,
      remedy:
        'ngrok has no authtoken that it takes. Copy yours from dashboard.ngrok.com and run “ngrok config add-authtoken TOKEN” in a terminal.',
      final: true,
    },
    {
      line: /ERR_NGROK_108\b|simultaneous ngrok agent sessions/,
      remedy: 'Another ngrok of this account runs already. End that one first.',
      final: true,
    },
    {
      line: /ERR_NGROK_(?:120|121)\b/,
      remedy: 'This ngrok is too old for its service. Run “ngrok update” in a terminal.',
      final: true,
    },
    {
      line: /ERR_NGROK_334\b/,
      remedy: 'The URL is in use by another ngrok of this account. End that one first.',
      final: true,
    },
    { line: /dial tcp|no such host|failed to verify certificate/, remedy: NO_NETWORK },
  ],
  noise: /^(?:ERROR:)?\s*$|lvl=(?:info|dbug)/,
}

/** Sources: tailscale.com/docs/reference/tailscale-cli/funnel and cmd/tailscale/cli/serve_v2.go. */
const tailscale: ProgramData = {
  id: 'tailscale',
  name: 'Tailscale Funnel',
  about: 'Needs a tailnet with Funnel enabled; the URL is this machine’s own and stays.',
  installUrl: 'https://tailscale.com/download',
  file: 'tailscale',
  places: [...HOMEBREW, '/Applications/Tailscale.app/Contents/MacOS'],
  version: { args: ['version'], pattern: /^\s*(\d+\.\d+\S*)/ },
  args: { http: ['funnel', '{url}'], https: ['funnel', '{insecureUrl}'] },
  url: [/^\s*(https:\/\/[a-z0-9.-]+\.ts\.net(?::\d+)?)\/?\s*$/],
  urlAfter: /Available on the internet:/,
  env: [],
  failures: [
    {
      line: /Funnel is not enabled on your tailnet|Funnel not available/i,
      remedy: 'Enable Funnel for your tailnet on the page that Tailscale names.',
      final: true,
    },
    {
      line: /serve config denied|Access denied/i,
      remedy: 'Run “sudo tailscale set --operator=$USER” once in a terminal.',
    },
    {
      line: /Logged out|NeedsLogin|not logged in/i,
      remedy: 'Log in with “tailscale up” in a terminal.',
    },
    {
      line: /failed to connect to local [Tt]ailscaled?|is Tailscale running|tailscaled.* not running/i,
      remedy: 'Tailscale is not running. Start it.',
    },
    {
      line: /listener already exists|configuration already exists/i,
      remedy:
        'Tailscale serves something on that port already. “tailscale funnel status” in a terminal says what.',
    },
  ],
  noise: /^\s*$|Press Ctrl\+C to exit/,
}

/** Sources: ssh(1), ssh_config(5), localhost.run/docs. */
const ssh: ProgramData = {
  id: 'ssh',
  name: 'ssh -R',
  about:
    'Through localhost.run without an account, or through a server of your own whose public URL you name.',
  installUrl: 'https://www.openssh.com',
  file: 'ssh',
  places: ['/usr/bin'],
  version: { args: ['-V'], pattern: /(OpenSSH_[\w.]+)/ },
  args: {
    http: [
      ...['-T', '-o', 'BatchMode=yes', '-o', 'ExitOnForwardFailure=yes'],
      ...['-o', 'ServerAliveInterval=30', '-R', '{remotePort}:{at}', '{destination}'],
    ],
    https: null,
  },
  argsForKnownUrl: [
    ...['-v', '-N', '-T', '-o', 'BatchMode=yes', '-o', 'ExitOnForwardFailure=yes'],
    ...['-o', 'ServerAliveInterval=30', '-R', '{remotePort}:{at}', '{destination}'],
  ],
  url: [
    /tunneled with tls termination,\s*(https:\/\/\S+)/,
    /Forwarding HTTP traffic from (https:\/\/\S+)/,
  ],
  connectedForKnownUrl: /remote forward success/,
  env: ['SSH_AUTH_SOCK', 'SSH_AGENT_PID'],
  failures: [
    {
      line: /Host key verification failed|host key is not known|No .* host key is known/i,
      remedy:
        'Its key is not known here. Connect to it once with ssh in a terminal, and accept its key.',
    },
    {
      line: /Permission denied/i,
      remedy: 'It takes no key of yours. Add one with ssh-add, or name it in ~/.ssh/config.',
    },
    {
      line: /remote port forwarding failed/i,
      remedy:
        'The server does not open that port: another program has it, or it may not be opened.',
    },
    {
      line: /Could not resolve hostname|Connection refused|timed out|Network is unreachable|No route to host/i,
      remedy: 'The server is not reached. Look at its name and at the network.',
    },
  ],
  noise: /^\s*$|^debug\d:|^OpenSSH_|^Authenticated to|^Transferred:|^Bytes per second/,
}

export const programs: readonly ProgramData[] = [cloudflared, ngrok, tailscale, ssh]
