const FORCED_AFTER_MS = 1000

let controller: AbortController | null = null

/**
 * Aborted by the first SIGINT, SIGTERM or SIGHUP; from then on this process ends by itself. A later
 * one forces the end. The launcher and a terminal may both deliver one Ctrl-C, hence the pause.
 */
export function stopSignal(): AbortSignal {
  if (controller !== null) return controller.signal
  const stop = new AbortController()
  controller = stop
  let firstAt = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) {
        firstAt = performance.now()
        stop.abort()
      } else if (performance.now() - firstAt > FORCED_AFTER_MS) process.exit(130)
    })
  }
  return stop.signal
}
