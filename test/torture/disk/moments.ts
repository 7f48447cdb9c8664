import type { TracedCall } from './trace.ts'
import { dataOf, Disk } from './disk.ts'

/** An answer that began to go out: on the connection from this port, the how-manieth. */
export interface TracedAnswer {
  at: number
  port: number
  ordinal: number
}

const SENDING = /^(write|writev|sendto|sendmsg)$/
const ANSWER = Buffer.from('HTTP/1.1 ')
/** `25<TCP:[127.0.0.1:8080->127.0.0.1:50000]>` */
const CONNECTION = /^\d+<TCP(?:v6)?:\[[^\]]*?->[^\]]*?:(\d+)\]>/

/** The answers of a trace, in the order in which they began to go out. */
export function answersOf(calls: readonly TracedCall[]): TracedAnswer[] {
  const counts = new Map<number, number>()
  return calls.flatMap((call) => {
    if (!SENDING.test(call.name)) return []
    const port = Number(CONNECTION.exec(call.args)?.[1] ?? 0)
    if (port === 0) return []
    const data = dataOf(call)
    const isInterim = data.toString('latin1', ANSWER.length, ANSWER.length + 1) === '1'
    if (!data.subarray(0, ANSWER.length).equals(ANSWER) || isInterim) return []
    const ordinal = counts.get(port) ?? 0
    counts.set(port, ordinal + 1)
    return [{ at: call.entry, port, ordinal }]
  })
}

interface Moment {
  at: number
  run: () => void
}

/** Lets the calls happen one after the other, and stops the clock wherever it is asked to. */
export class Replaying {
  readonly disk: Disk
  private readonly moments: Moment[]
  private next = 0

  /** @param onBegin told of each call before it changes anything */
  constructor(root: string, calls: readonly TracedCall[], onBegin?: (call: TracedCall) => void) {
    this.disk = new Disk(root)
    this.moments = calls
      .flatMap((call): Moment[] => {
        let ending: ReturnType<Disk['begin']> | null = null
        const begin = () => {
          onBegin?.(call)
          ending = this.disk.begin(call)
        }
        const begins = { at: call.entry, run: begin }
        if (call.exit === Infinity) return [begins]
        return [begins, { at: call.exit, run: () => ending?.(call.exit, call.result) }]
      })
      .sort((a, b) => a.at - b.at)
  }

  get length(): number {
    return this.moments.at(-1)?.at ?? 0
  }

  /** Everything up to this place in the trace has happened. */
  goTo(at: number): void {
    for (;;) {
      const moment = this.moments[this.next]
      if (moment === undefined || moment.at > at) return
      this.next += 1
      moment.run()
    }
  }
}
