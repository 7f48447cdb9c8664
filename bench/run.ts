import { benchCapture } from './capture.ts'
import { benchDiagnosis } from './diagnosis.ts'
import { benchForward } from './forward.ts'
import { benchImport } from './import.ts'
import { benchRemoval } from './removal.ts'
import { benchSearch } from './search.ts'
import { benchVerify } from './verify.ts'

const benches: Record<string, () => Promise<void>> = {
  capture: benchCapture,
  diagnosis: benchDiagnosis,
  forward: benchForward,
  import: benchImport,
  removal: benchRemoval,
  search: benchSearch,
  verify: benchVerify,
}

const name = process.argv[2] ?? ''
const bench = benches[name]
if (!bench) {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join('|')}`)
  process.exit(2)
}
await bench()
