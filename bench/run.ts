import { benchDiagnosis } from './diagnosis.ts'
import { fastRows, runFast } from './fast/run-fast.ts'
import { benchForward } from './forward.ts'
import { benchImport } from './import.ts'
import { benchRemoval } from './removal.ts'
import { benchSearch } from './search.ts'
import { benchVerify } from './verify.ts'

const benches: Record<string, () => Promise<void>> = {
  diagnosis: benchDiagnosis,
  forward: benchForward,
  import: benchImport,
  removal: benchRemoval,
  search: benchSearch,
  verify: benchVerify,
}

/** `npm run bench -- [NAME] [--quick]`; without a name, every row of the table "Fast". */
const quick = process.argv.includes('--quick')
const [name] = process.argv.slice(2).filter((argument) => argument !== '--quick')
const bench = name === undefined ? undefined : benches[name]
if (name === undefined) await runFast(Object.keys(fastRows), quick)
else if (bench) await bench()
else if (name in fastRows) await runFast([name], quick)
else {
  const names = new Set([...Object.keys(fastRows), ...Object.keys(benches)])
  console.error(`Usage: npm run bench -- [${[...names].join('|')}] [--quick]`)
  process.exit(2)
}
