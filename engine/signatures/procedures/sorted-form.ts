/** Every name and value, sorted by name in code units; equal values of one name once, sorted. */
export function sortedForm(form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort()
  let text = ''
  for (const name of names) {
    for (const value of [...new Set(form.getAll(name))].sort()) text += name + value
  }
  return text
}
