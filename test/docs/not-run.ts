/** Programs of a checkout that the docs name and that cannot run within a test, and what runs them. */
const scripts: Readonly<Record<string, string>> = {
  ci: 'needs the registry; .ci/run begins with it',
  install: 'needs the registry',
  start: 'opens a window and stays; test/e2e and test/desktop-smoke start the same',
  demo: 'opens a window and stays; test/e2e runs on the demo',
  build: 'runs before the tests',
  test: 'is what runs this',
  check: 'a step of .ci/run',
  licences: 'a step of .ci/run',
  audit: 'a step of .ci/run; needs the registry',
  reproducible: 'a step of .ci/run',
  sbom: 'takes npm some ten seconds; build/supply-chain tests what it makes',
  package: 'a step of .ci/run',
  'smoke:package': 'a step of .ci/run',
  'test:desktop': 'a step of .ci/run',
  'pack:cli': 'test/package runs it',
  pictures: 'part of npm test, where the pictures are compared',
  'docs:generate': 'test/docs compares what it writes',
  'docs:build': 'takes a minute; a step of .ci/run',
  'docs:dev': 'stays',
  bench: 'takes minutes and a quiet machine',
  torture: 'takes minutes; its short forms are in the suite',
  fuzz: 'takes minutes; its short forms are in the suite',
  coverage: 'takes as long as all tests',
  mutation: 'takes hours',
  conformance: 'wants a folder of vectors; test/conformance runs it',
  format: 'changes files',
  'format:check': 'part of npm run check',
  lint: 'part of npm run check',
  typecheck: 'part of npm run check',
  'dead-code': 'part of npm run check',
}

/** Other commands that are not run, by how they begin. */
const lines: ReadonlyArray<readonly [begin: string, why: string]> = [
  ['eval "$(countersign completion', 'a shell of its own; cli/completion tests it'],
  ['git ', 'not ours'],
  ['npx vitest ', 'is what runs this'],
  ['node test/e2e/run.ts', 'takes minutes; part of npm test'],
  ['npx playwright ', 'fetches browsers'],
  ['npm install ', 'needs the registry; test/package installs'],
  ['sudo ', 'changes the system'],
]

/**
 * Why a command is not run; `null`: it is run.
 *
 * @param known the scripts of package.json
 * @throws for a script of npm that there is not, or that nothing is known of
 */
export function whyNotRun(line: string, known: Readonly<Record<string, unknown>>): string | null {
  const other = lines.find(([begin]) => line.startsWith(begin))
  if (other) return other[1]
  const [, run, direct] = /^npm (?:run ([\w:-]+)|(ci|start|test|install)\b)/.exec(line) ?? []
  const script = run ?? direct
  if (script === undefined) return null
  const builtIn = ['ci', 'install'].includes(script)
  if (!builtIn && !(script in known)) throw new Error(`There is no script “${script}”: ${line}`)
  const why = scripts[script]
  if (why === undefined) throw new Error(`Say in test/docs/not-run.ts why it is not run: ${line}`)
  return why
}
