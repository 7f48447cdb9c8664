import type { Locator, Page } from '@playwright/test'

export interface EndpointEntry {
  name: string
  path: string
  /** As the picker names it. */
  scheme: string
  secret?: string
}

/** Opens the list of schemes, searches it, and takes the one of that name. */
export async function pickScheme(within: Page | Locator, name: string): Promise<void> {
  await within.getByRole('button', { name: /Scheme$/ }).click()
  const page = 'page' in within ? within.page() : within
  await page.getByRole('combobox', { name: 'Search schemes' }).fill(name)
  const named = page.getByText(name, { exact: true })
  await page.getByRole('option').filter({ has: named }).click()
}

/** Adds an endpoint as a person does, through the dialog. */
export async function addEndpoint(page: Page, entry: EndpointEntry): Promise<void> {
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await dialog.getByLabel('Name', { exact: true }).fill(entry.name)
  await dialog.getByLabel('Path').fill(entry.path)
  await pickScheme(dialog, entry.scheme)
  if (entry.secret !== undefined) {
    await dialog.getByLabel('Signing secret', { exact: true }).fill(entry.secret)
  }
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Opens an endpoint's dialog from the sidebar. */
export async function editEndpoint(page: Page, name: string): Promise<Locator> {
  const edit = page.getByRole('navigation').getByRole('button', { name: `Edit ${name}` })
  // The button shows itself under the pointer or with the focus; only the focus stays put.
  await edit.focus()
  await edit.click()
  return page.getByRole('dialog', { name: `Endpoint ${name}` })
}

/** Replaces the text of an endpoint's only secret, and closes the dialog. */
export async function replaceSecret(page: Page, endpoint: string, text: string): Promise<void> {
  const dialog = await editEndpoint(page, endpoint)
  await dialog.getByRole('button', { name: /^Replace / }).click()
  await dialog.getByLabel(/^New text for/).fill(text)
  await dialog.getByRole('button', { name: 'Replace secret' }).click()
  await dialog.getByRole('button', { name: /^Replace / }).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await dialog.waitFor({ state: 'hidden' })
}
