/** The scheme of links to deliveries, such as `countersign://delivery/123`. */
export const LINK_SCHEME = 'countersign'

const LONGEST_LINK = 64
const LINK = /^countersign:\/\/delivery\/([1-9]\d{0,14})\/?$/i

/**
 * The delivery that a link names. Any site can make the OS open such a link, so that nothing is
 * taken from it but digits; some systems add a slash at the end.
 *
 * @returns `null`: it is no such link
 */
export function deliveryOfLink(text: string): number | null {
  if (text.length > LONGEST_LINK) return null
  const digits = LINK.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The delivery that the first link among a program's arguments names. */
export function deliveryOfArguments(argv: readonly string[]): number | null {
  for (const argument of argv) {
    const deliveryId = deliveryOfLink(argument)
    if (deliveryId !== null) return deliveryId
  }
  return null
}
