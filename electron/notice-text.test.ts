import { expect, it } from 'vitest'
import { noticeText } from './notice-text.ts'

it('leaves no markup for the notification server of a Linux desktop', () => {
  const hostile = '<a href="https://evil.invalid">x</a> &#8238; &lt;b&gt;'
  expect(noticeText(hostile, 'linux')).not.toMatch(/[<>&]/)
  expect(noticeText('a < b & c', 'linux')).toBe('a ‹ b ＆ c')
})

it('leaves text alone where it is shown as it is', () => {
  for (const platform of ['darwin', 'win32'] as const) {
    expect(noticeText('a < b & c', platform)).toBe('a < b & c')
  }
})
