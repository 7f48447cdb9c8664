import os from 'node:os'

/** Nice values (man 2 setpriority) of the threads behind capture. */
const NICENESS = { reading: 5, upkeep: 10 }

/**
 * Lets the thread that calls it have the processor only where capture leaves it. Linux alone has a
 * priority for each thread; elsewhere this would slow down the whole process.
 */
export function stepBack(work: keyof typeof NICENESS): void {
  if (process.platform === 'linux') os.setPriority(NICENESS[work])
}
