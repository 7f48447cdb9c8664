import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runApiCampaign } from './api/campaign.ts'
import { runHttpCampaign } from './http/campaign.ts'

/**
 * `npm run fuzz -- http|api [--seed N] [--inputs N] [--minutes N]`: seeded runs, bounded in time. What
 * fails is made small, told, and saved below test-results/fuzz/.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    inputs: { type: 'string' },
    minutes: { type: 'string', default: '15' },
  },
})
const [what] = positionals
const seed = Number(values.seed ?? Date.now() % 2 ** 32)
const mostMs = Number(values.minutes) * 60_000
console.log(`Seed ${seed}: npm run fuzz -- ${what} --seed ${seed}`)

process.on('unhandledRejection', (error) => {
  console.error('Nobody handled this rejection:', error)
  process.exitCode = 1
})

if (what === 'http') {
  const inputs = Number(values.inputs ?? 50_000)
  const { faults, ...found } = await runHttpCampaign({
    ...{ seed, inputs, mostMs },
    onProgress: (done) => {
      if (done % 5000 === 0) console.log(`${done} inputs`)
    },
  })
  console.log(found)
  report(
    'http',
    faults.map(({ sentence, input }) => `${sentence}\n${JSON.stringify(input)}\n`),
  )
  if (found.inputs < inputs) console.log(`Stopped after ${values.minutes} minutes.`)
} else if (what === 'api') {
  const { faults, ...found } = await runApiCampaign({
    ...{ seed, mostMs, inputs: Number(values.inputs ?? 20_000) },
    onProgress: (done) => {
      if (done % 2000 === 0) console.log(`${done} calls`)
    },
  })
  console.log(found)
  report('api', faults)
} else {
  console.error('Say what to fuzz: http or api.')
  process.exitCode = 2
}

function report(name: string, faults: readonly string[]): void {
  if (faults.length === 0) {
    console.log('No fault was found.')
    return
  }
  process.exitCode = 1
  const folder = join(import.meta.dirname, '..', '..', 'test-results', 'fuzz')
  mkdirSync(folder, { recursive: true })
  for (const [index, fault] of faults.entries()) {
    const file = join(folder, `${name}-${seed}-${index + 1}.txt`)
    writeFileSync(file, fault)
    console.error(`${fault}\nSaved as ${file}.`)
  }
}
