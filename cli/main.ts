import { processOutput } from './output.ts'
import { runProgram } from './run-program.ts'
import { stopSignal } from './stop-signal.ts'

const args = process.argv.slice(2)
const output = processOutput(args.includes('--no-color'))
const context = { output, stdin: process.stdin, env: process.env, stopSignal }

// Exits itself: what a dependency may have left open must not keep a script waiting.
void runProgram(context, args).then((code) => process.exit(code))
