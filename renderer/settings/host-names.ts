const MOST = 50
const NAME = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$|^[0-9a-f:.]+$/

/** Names and addresses as they were typed, or the sentence that says what is wrong with them. */
export function readHostNames(text: string): string[] | string {
  const names = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((name) => name !== '')
  const wrong = names.find((name) => !NAME.test(name))
  if (wrong !== undefined) return `“${wrong}” is no host name and no address.`
  return names.length > MOST ? `A certificate is for ${MOST} names at most.` : names
}
