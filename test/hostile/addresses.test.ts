/** No address and no link of the corpus leads anywhere that it should not. */
import { describe, expect, it } from 'vitest'
import { deliveryOfArguments, deliveryOfLink } from '#electron/deep-link.ts'
import { allowedLink, documentationHosts } from '#electron/external-links.ts'
import { isAppDocument, isAppUrl } from '#electron/origin.ts'
import { isOwnScript } from '#renderer/platform/trusted-types.ts'
import { corpus } from './corpus.ts'

const all = corpus()

describe('of the whole corpus', () => {
  it('nothing is opened outside the app', () => {
    const hosts = documentationHosts()
    expect(hosts.size).toBeGreaterThan(10)
    const opened = all.filter(({ text }) => allowedLink(text, hosts) !== null)
    expect(opened.map(({ id }) => id)).toEqual([])
    // The list works: what is on it is opened.
    const [host = ''] = hosts
    expect(allowedLink(`https://${host}/docs`, hosts)).toBe(`https://${host}/docs`)
  })

  it('nothing opens a delivery but the link to it', () => {
    const opened = all.filter(({ text }) => deliveryOfLink(text) !== null)
    expect(opened.map(({ text }) => text)).toEqual(['countersign://delivery/1'])
    const others = all
      .map(({ text }) => text)
      .filter((text) => !/^countersign:\/\/delivery\/1$/.test(text))
    expect(deliveryOfArguments(others)).toBeNull()
  })

  it('nothing is the page, or a script of the page', () => {
    expect(all.filter(({ text }) => isAppDocument(text))).toEqual([])
    // A file of the own origin that is not there is asked for and refused; it is no way out.
    expect(all.filter(({ text }) => isAppUrl(text)).map(({ technique }) => technique)).toEqual([
      'its own scheme',
    ])
    const base = 'http://127.0.0.1:4180/'
    const scripts = all.filter(({ text }) => isOwnScript(text, base))
    // What is no address at all is taken for a path of ours, which has no such file.
    for (const { text } of scripts) expect(new URL(text, base).origin).toBe('http://127.0.0.1:4180')
  })
})
