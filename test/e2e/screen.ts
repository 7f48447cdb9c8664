import type { Locator, Page } from '@playwright/test'

/** The list of deliveries. */
export function list(page: Page): Locator {
  return page.getByRole('grid', { name: 'Deliveries' })
}

/** The rows of the list that hold all of these texts, newest first, without the column heads. */
export function rows(page: Page, ...texts: (string | RegExp)[]): Locator {
  const all = list(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
  return texts.reduce((found, hasText) => found.filter({ hasText }), all)
}

/** The delivery that is open beside the list. */
export function detail(page: Page): Locator {
  return page.getByRole('article', { name: /^Delivery \d+$/ })
}

/** Opens the newest row that holds these texts. */
export async function open(page: Page, ...texts: (string | RegExp)[]): Promise<Locator> {
  await rows(page, ...texts)
    .first()
    .click()
  await detail(page).waitFor()
  return detail(page)
}

export const detailTabs = [
  'Verification',
  'Headers',
  'Body',
  'Response',
  'Timeline',
  'Raw',
  'Notes',
] as const
export type DetailTab = (typeof detailTabs)[number]

/** Turns to a part of the open delivery and gives its panel. */
export async function turnTo(page: Page, tab: DetailTab): Promise<Locator> {
  await detail(page).getByRole('tab', { name: tab }).click()
  return detail(page).getByRole('tabpanel', { name: tab })
}

/** Chooses one of a few that stand side by side. */
export async function choose(within: Page | Locator, group: string, name: string): Promise<void> {
  const radio = within.getByRole('radiogroup', { name: group }).getByRole('radio', { name })
  // The input itself is hidden; its label is what people press.
  await radio.locator('xpath=ancestor::label').click()
}
