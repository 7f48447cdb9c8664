import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Paced {
  p50: number
  p99: number
  most: number
  refused: number
  answered: number
  seconds: number
}

/** Load at a rate from the second core, in milliseconds from when each request was due. */
export function pacedLoad(
  url: string,
  rate: number,
  seconds: number,
  { file, recordBytes }: { file: string; recordBytes: number },
): Promise<Paced> {
  const script = join(import.meta.dirname, 'paced-senders.ts')
  const args = [url, rate, seconds, file, recordBytes].map(String)
  const child = spawn('taskset', ['-c', '1', process.execPath, script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`The senders ended with ${code}.`))
      else {
        const result: Paced = JSON.parse(said)
        if (result.refused === 0) resolve(result)
        else reject(new Error(`${result.refused} requests were refused.`))
      }
    })
  })
}
