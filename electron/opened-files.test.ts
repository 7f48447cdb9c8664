import { describe, expect, it } from 'vitest'
import { filesOfArguments } from './opened-files.ts'

describe('files among a program’s arguments', () => {
  it.each([
    [['/a/b.har'], ['/a/b.har']],
    [
      ['b.HAR', 'c.countersign'],
      ['/here/b.HAR', '/here/c.countersign'],
    ],
    [['file:///a/b%20c.har'], ['/a/b c.har']],
    [['--data-dir=/x.har', '--port', '0'], []],
    [['countersign://delivery/1.har'], []],
    [['https://example.com/a.har'], []],
    [['file://server/share/a.har'], []],
    [['file:///a%2Fb.har'], []],
    [['/etc/passwd', '/a/b.txt', '/a/b.har.exe'], []],
  ])('%j', (argv, files) => {
    if (process.platform === 'win32') return
    expect(filesOfArguments(argv, '/here')).toEqual(files)
  })

  it('are bounded', () => {
    const many = Array.from({ length: 500 }, (_, index) => `/a/${index}.har`)
    expect(filesOfArguments(many, '/here')).toHaveLength(20)
  })
})
