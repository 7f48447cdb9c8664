import { go } from '#renderer/app/location.ts'

/** Goes to the original beside a replay of it. */
export function compareWithOriginal(deliveryId: number, replayId: number): void {
  go({ view: { kind: 'compare', a: String(deliveryId), b: `r${replayId}` } })
}
