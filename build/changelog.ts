/**
 * The section of a version in a changelog of the form of Keep a Changelog, without its heading
 * (`## 1.2.0 - 2026-01-31`, brackets allowed).
 *
 * @returns `null`: there is none, or it is empty
 */
export function notesOf(changelog: string, version: string): string | null {
  const sections = changelog.split(/^(?=## )/m)
  const found = sections.find((section) => versionOf(section) === version && version !== '')
  const notes = found?.slice(found.indexOf('\n') + 1).trim() ?? ''
  return notes === '' ? null : notes
}

function versionOf(section: string): string | null {
  return /^## \[?([^\]\s]+)\]?/.exec(section)?.[1] ?? null
}
