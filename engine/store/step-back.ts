import os from 'node:os'

/** As a nice value (man 2 setpriority): beside a busy core a quarter of it is left. */
const NICENESS = 5

/**
 * Lets the thread that calls it have the processor where capture, and reads that somebody waits for,
 * leave it. Linux alone has a
 * priority for each thread; elsewhere this would slow down the whole process.
 */
export function stepBack(): void {
  if (process.platform === 'linux') os.setPriority(NICENESS)
}
