/** Whether only this machine can reach an address (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  const name = host.trim().toLowerCase()
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name)
}

/** Who can post to an address, in words, before it is listened on. */
export function reachOf(host: string): string {
  const name = host.trim()
  if (isLoopback(name)) return 'Only programs on this machine can post to it.'
  if (name === '0.0.0.0' || name === '::') {
    return 'Every network that this machine is in can post to it: whoever reaches this machine can send deliveries, and they are stored.'
  }
  return `Whoever reaches ${name} over the network can post to it, and what they post is stored.`
}

/** A port as it was typed, or the sentence that says what is wrong with it. */
export function readPort(text: string): number | string {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN
  return port <= 65_535 ? port : 'A port is a number from 1 to 65535; 0 takes any free one.'
}
