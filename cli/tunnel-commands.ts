import type { Command } from 'commander'
import { listTunnels, publicUrl, startTunnel, stopTunnel } from './commands/tunnel.ts'
import type { Context } from './context.ts'

/** `tunnel`: how providers on the internet reach the listener. */
export function addTunnelCommands(
  tunnel: Command,
  withDataDir: (command: Command) => Command,
  context: Context,
): void {
  tunnel.description('lead senders from the internet here, by a program that is installed')
  withDataDir(tunnel.command('list'))
    .description('list the programs, whether they are here, and the tunnel that runs')
    .option('--json', 'as JSON')
    .action((options) => listTunnels(context, options))
  withDataDir(tunnel.command('start'))
    .description('start one for the Countersign that listens, and wait until it is open')
    .argument('<program>', 'cloudflared, ngrok, tailscale or ssh')
    .option('--json', 'as JSON')
    .action((program: string, options) => startTunnel(context, program, options))
  withDataDir(tunnel.command('stop'))
    .description('end it')
    .option('--json', 'as JSON')
    .action((options) => stopTunnel(context, options))
  withDataDir(tunnel.command('url'))
    .description('show the public URL; with one, name that of a proxy of your own')
    .argument('[url]', 'such as https://hooks.example.com')
    .option('--none', 'there is none any more')
    .option('--json', 'as JSON')
    .action((url: string | undefined, options) => publicUrl(context, url, options))
}
