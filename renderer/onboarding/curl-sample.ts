/** Where a command is pasted: each quotes in its own way. */
export const terminals = [
  { id: 'sh', name: 'Shell' },
  { id: 'cmd', name: 'cmd' },
  { id: 'powershell', name: 'PowerShell' },
] as const
export type Terminal = (typeof terminals)[number]['id']

const BODY = '{"type":"hello.world"}'
/** What no terminal reads as anything but itself. */
const PLAIN = /^[\w.:/@-]+$/

/** In single quotes nothing is special but the quote itself (POSIX.1-2017, 2.2.2). */
const inShell = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`
/** As the C runtime of Windows programs reads their command line. */
const inCmd = (text: string) => `"${text.replace(/"/g, '\\"')}"`
/** In single quotes nothing is special but the quote, which is doubled (about_Quoting_Rules). */
const inPowerShell = (text: string) => `'${text.replace(/'/g, "''")}'`

const commands: Record<Terminal, (url: string, secure: boolean) => string> = {
  sh: (url, secure) => {
    const to = PLAIN.test(url) ? url : inShell(url)
    const type = inShell('Content-Type: application/json')
    return `curl ${secure ? '-k ' : ''}-X POST ${to} \\\n  -H ${type} \\\n  -d ${inShell(BODY)}`
  },
  cmd: (url, secure) => {
    const to = PLAIN.test(url) ? url : inCmd(url)
    const type = inCmd('Content-Type: application/json')
    return `curl ${secure ? '-k ' : ''}-X POST ${to} -H ${type} -d ${inCmd(BODY)}`
  },
  powershell: (url, secure) => {
    const check = secure ? ' -SkipCertificateCheck' : ''
    return `Invoke-RestMethod${check} -Method Post -Uri ${inPowerShell(url)} -ContentType application/json -Body ${inPowerShell(BODY)}`
  },
}

/** A command that posts a first webhook, as it can be pasted; `-k` for a certificate of one's own. */
export function curlSample(url: string, terminal: Terminal): string {
  return commands[terminal](url, url.startsWith('https:'))
}

/** The terminal that somebody on this system most likely has open. */
export function usualTerminal(userAgent: string): Terminal {
  return userAgent.includes('Windows') ? 'powershell' : 'sh'
}
