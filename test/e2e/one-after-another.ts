import { type App, test } from './fixtures.ts'
import { detail } from './screen.ts'

/**
 * Steps in one program, where they do not get in each other's way: starting one takes as long as
 * most of them. Each is named where it fails.
 */
export async function oneAfterAnother(
  { page }: App,
  steps: Readonly<Record<string, () => Promise<void>>>,
): Promise<void> {
  const all = Object.entries(steps)
  test.setTimeout(60_000 + all.length * 10_000)
  for (const [what, step] of all) {
    // Beside an open delivery the list has no room for all that a row says.
    const close = detail(page).getByRole('button', { name: 'Close', exact: true }).first()
    if (await close.isVisible()) await close.click()
    await test.step(what, step)
  }
}
