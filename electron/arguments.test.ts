import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

describe('readArguments', () => {
  it('listens where the settings say unless it is told', () => {
    expect(readArguments(['.'], { COUNTERSIGN_DATA_DIR: '/tmp/from-env' })).toEqual({
      dataDir: resolve('/tmp/from-env'),
      listen: { host: null, port: null, portWasAskedFor: false },
    })
  })

  it("finds its own options among Chromium's switches", () => {
    const argv = ['--no-sandbox', '--js-flags=--x', '.', '--data-dir', 'd', '--port=0', '--lang=en']
    expect(readArguments(argv, { COUNTERSIGN_DATA_DIR: '/tmp/from-env' })).toEqual({
      dataDir: resolve('d'),
      listen: { host: null, port: 0, portWasAskedFor: true },
    })
  })

  it.each(['abc', '65536', '-1', '1e3', '80.5', '0x50'])('refuses port %s', (port) => {
    expect(() => readArguments([`--port=${port}`], {})).toThrow(RangeError)
  })
})
