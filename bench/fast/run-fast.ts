import os from 'node:os'
import { type Figure, FULL, QUICK, type Scale, table, writeResults } from './figure.ts'
import { bodyRows, largeBodyRow } from './rows/bodies.ts'
import { captureRows, storedRows } from './rows/capture.ts'
import { changeRows } from './rows/changes.ts'
import { latencyRows, subscriberRow } from './rows/latency.ts'
import { grownRows, startRows } from './rows/size.ts'
import { verifyRow } from './rows/verify.ts'

/** The rows of the table, by the name that runs them alone. */
export const fastRows: Record<string, (scale: Scale) => Promise<Figure[]>> = {
  capture: captureRows,
  stored: storedRows,
  bodies: bodyRows,
  'large-body': largeBodyRow,
  latency: latencyRows,
  grown: grownRows,
  start: startRows,
  changes: changeRows,
  'verify-ratio': verifyRow,
  subscribers: subscriberRow,
}

/** Measures some of them, prints the table and writes it down. */
export async function runFast(names: readonly string[], quick: boolean): Promise<void> {
  const scale = quick ? QUICK : FULL
  const figures: Figure[] = []
  for (const name of names) {
    const measure = fastRows[name]
    if (!measure) throw new RangeError(`There is no row ${name}.`)
    console.log(`… ${name} (load ${os.loadavg()[0]?.toFixed(1)})`)
    figures.push(...(await measure(scale)))
  }
  console.log(`\n${table(figures)}\n`)
  console.log(
    `Load now: ${os
      .loadavg()
      .map((one) => one.toFixed(1))
      .join(', ')}`,
  )
  console.log(writeResults(figures, scale))
}
