/** What makes markup in a text of the Desktop Notifications Specification, and what looks like it. */
const MARKS: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '&': '＆' }

/**
 * A notification's text as it may be shown. On Linux the body is markup: a sender's text would
 * become a link, or a character that deceives, where the desktop knows such
 * (https://specifications.freedesktop.org/notification/1.2/markup.html). Escaped it would read
 * badly where the desktop knows none, and Electron does not tell which: so the marks are replaced.
 */
export function noticeText(text: string, platform: NodeJS.Platform): string {
  return platform === 'linux' ? text.replace(/[<>&]/g, (mark) => MARKS[mark] ?? mark) : text
}
