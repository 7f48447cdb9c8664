import { z } from 'zod'

/** Programs that lead senders from the internet to the listener. */
export const TunnelId = z.enum(['cloudflared', 'ngrok', 'tailscale', 'ssh'])
export type TunnelId = z.infer<typeof TunnelId>

/** Where senders on the internet post to: scheme and host, and a path that is in front of all. */
export const PublicUrl = z
  .string()
  .trim()
  .max(2000, 'A public URL has at most 2,000 characters.')
  .refine(isPublicUrl, 'A public URL begins with https:// or http:// and has no query.')
export type PublicUrl = z.infer<typeof PublicUrl>

function isPublicUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s?#@\\]+$/i.test(text)) return false
  try {
    return new URL(text).hostname !== ''
  } catch {
    return false
  }
}

const isAddress = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

/** A proxy whose X-Forwarded-* and Forwarded headers are believed. */
export const ProxyAddress = z
  .string()
  .trim()
  .max(49)
  .refine(
    (text) => isAddress.safeParse(text).success,
    'Name an address or a block, such as 10.0.0.7 or 10.0.0.0/8.',
  )

/** Where `ssh -R` goes. A name that begins with a hyphen would be an option of ssh. */
export const SshTunnel = z.object({
  destination: z
    .string()
    .trim()
    .max(255)
    .regex(
      /^(?:[A-Za-z0-9_][\w.+-]{0,100}@)?[A-Za-z0-9_][\w.-]{0,250}$/,
      'Name a server as ssh takes it, such as nokey@localhost.run.',
    ),
  /** The port that the server opens. */
  remotePort: z.number().int().min(1).max(65_535),
})
export type SshTunnel = z.infer<typeof SshTunnel>

export const TunnelState = z.union([
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('starting'), program: TunnelId, sinceMs: z.number() }),
  z.object({
    state: z.literal('open'),
    program: TunnelId,
    sinceMs: z.number(),
    /** Scheme and host; the path token, where one is required, comes after it. */
    url: z.string(),
    /** Of the program. */
    pid: z.number(),
  }),
  z.object({
    state: z.literal('failed'),
    program: TunnelId,
    atMs: z.number(),
    sentence: z.string(),
    /** What to do; `null`: the program’s own words have to do. */
    remedy: z.string().nullable(),
    /** The last lines of its output, without what looks like a credential. */
    lastWords: z.array(z.string()),
  }),
])
export type TunnelState = z.infer<typeof TunnelState>

/** A tunnel program, whether it is here, and what it would do. */
export const TunnelProgram = z.object({
  id: TunnelId,
  name: z.string(),
  about: z.string(),
  installUrl: z.string(),
  /** Where it is on the engine's machine; `null`: not installed. */
  file: z.string().nullable(),
  /** `null`: it is not here, or did not say. */
  version: z.string().nullable(),
  /** What would be run; `null`: nothing listens. */
  command: z.string().nullable(),
  /** Why it cannot be started as things are; `null`: it can. */
  problem: z.string().nullable(),
})
export type TunnelProgram = z.infer<typeof TunnelProgram>

/** Where senders on the internet post to, and who says so. */
export const PublicAddress = z.object({
  /** With the path token where one is required. */
  url: z.string(),
  source: z.enum(['tunnel', 'setting']),
})
export type PublicAddress = z.infer<typeof PublicAddress>

/** How a request came here, where that is more than the Host header over plain HTTP. */
export const CameThrough = z.object({
  /** Of the URL that the sender called, all that is before the target: `https://a.example/TOKEN`. */
  base: z.string(),
  /**
   * Who says so: the listener itself; the headers of a proxy that is believed; the tunnel's URL or
   * the public URL of the settings.
   */
  by: z.enum(['listener', 'proxy', 'tunnel', 'public-url']),
  /** The sender's own address, as believed proxies tell it; `null`: nobody tells. */
  address: z.string().nullable(),
  /**
   * Why headers of a proxy were there and did not count: the peer is no named proxy; a web page in
   * a browser of this machine can send them; Forwarded and X-Forwarded-* say different things.
   */
  ignored: z.enum(['not-named', 'web-page', 'contradictory']).nullable(),
})
export type CameThrough = z.infer<typeof CameThrough>
