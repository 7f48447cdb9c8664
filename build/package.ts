import { parseArgs } from 'node:util'
import { build } from 'electron-builder'
import { configuration } from './electron-builder.ts'
import { releaseFacts } from './release-facts.ts'

/**
 * Packs the built program (`npm run build` first) into release/.
 *
 *   node build/package.ts [--dir] [--linux] [--mac] [--win]
 *
 * Without a platform: this one. `--dir` leaves out installers. ELECTRON_OVERRIDE_DIST_PATH, when
 * set, names the unpacked Electron to pack. release-facts.ts says what a release is told besides.
 */
const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    linux: { type: 'boolean', default: false },
    mac: { type: 'boolean', default: false },
    win: { type: 'boolean', default: false },
  },
})

const files = await build({
  dir: values.dir,
  ...(values.linux ? { linux: [] } : {}),
  ...(values.mac ? { mac: [] } : {}),
  ...(values.win ? { win: [] } : {}),
  publish: 'never',
  config: configuration(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? null,
    releaseFacts(process.env),
  ),
})
for (const file of files) console.log(file)
