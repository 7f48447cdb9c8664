import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

const logging = (...argv: string[]) => readArguments(['.', ...argv], {}).logging

describe('readArguments', () => {
  it('listens where the settings say unless it is told', () => {
    expect(readArguments(['.'], { COUNTERSIGN_DATA_DIR: '/tmp/from-env' })).toEqual({
      dataDir: resolve('/tmp/from-env'),
      listen: { host: null, port: null, portWasAskedFor: false },
      logging: { level: 'info', bodies: false },
    })
  })

  it("finds its own options among Chromium's switches", () => {
    const argv = ['--no-sandbox', '--js-flags=--x', '.', '--data-dir', 'd', '--port=0', '--lang=en']
    expect(readArguments(argv, { COUNTERSIGN_DATA_DIR: '/tmp/from-env' })).toEqual({
      dataDir: resolve('d'),
      listen: { host: null, port: 0, portWasAskedFor: true },
      logging: { level: 'info', bodies: false },
    })
  })

  it('logs as much as it is told, and bodies at debug alone', () => {
    expect(logging('--log-level', 'warn')).toEqual({ level: 'warn', bodies: false })
    expect(logging('--log-level=warn', '--log-bodies')).toEqual({ level: 'debug', bodies: true })
    expect(() => logging('--log-level', 'loud')).toThrow(RangeError)
  })

  it.each(['abc', '65536', '-1', '1e3', '80.5', '0x50'])('refuses port %s', (port) => {
    expect(() => readArguments([`--port=${port}`], {})).toThrow(RangeError)
  })
})
