import { verdictRatios } from '#bench/verify.ts'
import { atMost, type Figure } from '#bench/fast/figure.ts'

const AIM = 1.5

/** The verdict on 10 KiB beside the bare HMAC; the slowest of the schemes that sign the bytes. */
export async function verifyRow(): Promise<Figure[]> {
  const ratios = Object.entries(verdictRatios())
  return ratios.map(([scheme, value]) => ({
    what: `verify 10 KiB, ${scheme}`,
    aim: `≤ ${AIM} × bare HMAC`,
    measured: `${value} ×`,
    ...{ reference: null, value, met: atMost(value, AIM) },
  }))
}
