/**
 * A JSON number as its digits and the power of ten, the same for every way to write one value:
 * `1.50`, `15e-1` and `1.5` are all `15e-1`. Digits are never rounded.
 */
export function sameDecimal(source: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source)
  if (!match) return source
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const digits = (whole + fraction).replace(/^0+/, '')
  if (digits === '') return '0'
  const short = digits.replace(/0+$/, '')
  const exponent = BigInt(power) - BigInt(fraction.length) + BigInt(digits.length - short.length)
  return `${sign}${short}e${exponent}`
}
