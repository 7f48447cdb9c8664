/** The watch that every other test relies on sees what it is there to see. */
import { expect, test } from './fixtures.ts'

test('errors, violations and requests that leave are all noticed', async ({ app }) => {
  const { page, watch } = app
  await expect(page.getByRole('button', { name: 'Copy capture URL' })).toBeVisible()
  expect(watch.problems()).toEqual([])
  await page.evaluate(() => {
    console.error('said on purpose')
    setTimeout(() => {
      throw new Error('thrown on purpose')
    })
    document.body.setAttribute('style', 'color: red')
    const image = document.createElement('img')
    image.src = 'https://example.invalid/pixel.png'
    document.body.append(image)
    setTimeout(() => {
      document.body.innerHTML = '<p>made of text</p>'
    })
  })
  for (const noticed of [
    /console error: said on purpose/,
    /page error: .*thrown on purpose/,
    /violation: .*img-src/,
    // Older Chromium reports nothing where the default policy throws.
    /violation: .*require-trusted-types-for|HTML strings are not used here/,
  ]) {
    await expect
      .poll(() => watch.problems(), `nothing like ${noticed}`)
      .toContainEqual(expect.stringMatching(noticed))
  }
  watch.allow(/./)
})

test('a request to another port of this machine counts as leaving', async ({ app }) => {
  const { page, watch, captureUrl } = app
  await page.evaluate((url) => fetch(url).catch(() => undefined), captureUrl)
  await expect.poll(() => watch.problems().join('\n')).toMatch(/connect-src/)
  expect(await app.engine.deliveries.count({})).toMatchObject({ count: 0 })
  watch.allow(/./)
})
