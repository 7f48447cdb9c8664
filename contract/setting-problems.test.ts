import { describe, expect, it } from 'vitest'
import type { SettingForm } from './scheme-parts.ts'
import { settingProblems } from './setting-problems.ts'

const url: SettingForm = {
  name: 'callbackUrl',
  label: 'Callback URL',
  hint: 'as it was given',
  kind: 'url',
  required: true,
}
const key: SettingForm = { ...url, name: 'secondKey', label: 'Second key', kind: 'secret' }
const scheme = { name: 'Trello', settings: [url, { ...key, required: false }] }
const codes = (values: Record<string, string>) =>
  settingProblems(scheme, values).map(({ name, code }) => `${name} ${code}`)

describe('settingProblems', () => {
  it('takes what the scheme knows', () => {
    expect(codes({ callbackUrl: 'https://example.test/hook?a=b' })).toEqual([])
    expect(codes({ callbackUrl: 'http://[::1]:80', secondKey: 'anything' })).toEqual([])
  })

  it.each(['example.test', 'ftp://example.test', 'https://', 'https:///x', ' https://a.test'])(
    'refuses the URL %j',
    (text) => expect(codes({ callbackUrl: text })).toEqual(['callbackUrl not-a-url']),
  )

  it('wants the required ones, and an empty one is none', () => {
    expect(codes({})).toEqual(['callbackUrl missing'])
    expect(codes({ callbackUrl: '' })).toEqual(['callbackUrl missing'])
  })

  it('wants no URL where what comes says which one was called, and refuses a wrong one', () => {
    expect(settingProblems(scheme, {}, true)).toEqual([])
    expect(settingProblems(scheme, { callbackUrl: 'x' }, true)).toHaveLength(1)
    const strict = { ...scheme, settings: [url, { ...key, required: true }] }
    expect(settingProblems(strict, {}, true)).toMatchObject([{ name: 'secondKey' }])
  })

  it('names the known ones beside an unknown one', () => {
    const [problem] = settingProblems(scheme, { callback: 'x' })
    expect(problem?.sentence).toBe(
      'There is no setting “callback” here. There are: callbackUrl, secondKey.',
    )
    expect(settingProblems({ name: 'Stripe' }, { a: 'b' })[0]?.sentence).toContain(
      'Stripe has no settings.',
    )
    expect(settingProblems(null, {})).toEqual([])
  })
})
