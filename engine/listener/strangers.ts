import type { ListenerProblem } from './capture-context.ts'

/** Counts what is turned away without being recorded, and tells of it now and then. */
export interface Strangers {
  /** @param from the sender's address */
  note(from: string): void
  close(): void
}

const TELL_EVERY_MS = 1000

export function countStrangers(onProblem: (problem: ListenerProblem) => void): Strangers {
  let count = 0
  let last = ''
  let timer: NodeJS.Timeout | null = null
  const tell = () => {
    timer = null
    const many = count === 1 ? 'One request' : `${count} requests`
    onProblem({
      code: 'path-token-missing',
      sentence: `${many} came without the path token since this start and got 404; nothing of them was recorded. The last one came from ${last}.`,
    })
  }
  return {
    note(from) {
      count += 1
      last = from
      timer ??= setTimeout(tell, count === 1 ? 0 : TELL_EVERY_MS).unref()
    },
    close() {
      if (timer) clearTimeout(timer)
    },
  }
}
