import { describe, expect, it } from 'vitest'
import { needsSaid } from './url-needs.ts'

describe('needsSaid', () => {
  const sentence = 'NotifyKit takes only https:// URLs.'
  const scheme = { urlNeeds: { https: true, public: true, sentence } }

  it.each([
    ['https://shy-dog.trycloudflare.com/notifykit', true],
    ['http://hooks.example.com/notifykit', false],
    ['https://127.0.0.1:4100/notifykit', false],
    ['https://[::1]:4100/notifykit', false],
    ['https://192.168.1.20:4100/notifykit', false],
    ['https://172.32.1.20/notifykit', true],
    ['https://[fd00::1]/notifykit', false],
    ['https://hooks.test/notifykit', false],
  ])('of %s that it will do: %s', (url, met) => {
    expect(needsSaid(scheme, url)).toEqual({ sentence, met })
  })

  it('says what is needed while there is no URL, and nothing of who needs nothing', () => {
    expect(needsSaid(scheme, null)).toMatchObject({ met: false })
    expect(needsSaid({ urlNeeds: null }, null)).toBeNull()
    expect(needsSaid(undefined, null)).toBeNull()
  })
})
