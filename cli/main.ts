import { processOutput } from './output.ts'
import { runProgram } from './run-program.ts'
import { stopSignal } from './stop-signal.ts'

const context = { output: processOutput(), stdin: process.stdin, env: process.env, stopSignal }

// Exits itself: what a dependency may have left open must not keep a script waiting.
void runProgram(context, process.argv.slice(2)).then((code) => process.exit(code))
