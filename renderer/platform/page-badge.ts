const TITLE = 'Countersign'
const MOST_SHOWN = 99

/** The count in the title of the page, and a dot on its icon: what a tab can show of failures. */
export function setPageBadge(count: number): void {
  const shown = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count)
  document.title = count > 0 ? `(${shown}) ${TITLE}` : TITLE
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (icon) icon.href = count > 0 ? './icon-failures.svg' : './icon.svg'
}
