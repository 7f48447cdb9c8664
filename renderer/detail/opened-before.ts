/** The deliveries that were open last, the newest at the end. */
let opened: readonly number[] = []

/** Remembers that a delivery was opened. */
export function noteOpened(id: number): void {
  if (opened[opened.length - 1] !== id) opened = [...opened.slice(-1), id]
}

/** The delivery that was open before this one; `null`: none was. */
export function otherOpened(id: number): number | null {
  return opened.find((each) => each !== id) ?? null
}
