import path from 'node:path'
import { defineConfig } from '@playwright/test'
import type { ShellOption } from './fixtures.ts'
import { drawnAlike, runsAll } from './shells.ts'

const root = path.join(import.meta.dirname, '../..')
const leftToTheBrowser = runsAll ? [] : Object.keys(drawnAlike).map((name) => `${name}.e2e.ts`)

/** One suite, twice: in Chromium against the browser shell, and in Electron. */
export default defineConfig<ShellOption>({
  testDir: import.meta.dirname,
  testMatch: '*.e2e.ts',
  // Pictures of the docs: one each, whatever the system.
  snapshotPathTemplate: path.join(root, 'docs', 'pictures', '{arg}{ext}'),
  outputDir: path.join(root, 'test-results', 'e2e'),
  // More than two cores have work for: a page waits for half of its time, and so does its test.
  workers: 2,
  fullyParallel: true,
  // A test that passes only the second time has found something.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    // Copies of the page at every action, and of all it loads, take half of the time: on demand.
    trace: {
      mode: 'retain-on-failure',
      screenshots: false,
      snapshots: process.env['COUNTERSIGN_E2E_TRACE'] === '1',
    },
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
  },
  projects: [
    { name: 'browser', use: { shell: 'browser' }, testIgnore: '*.desktop.e2e.ts' },
    {
      name: 'desktop',
      use: { shell: 'desktop' },
      testIgnore: ['*.browser.e2e.ts', ...leftToTheBrowser],
    },
  ],
})
