import * as fc from 'fast-check'

/** Every mutant runs its tests anew: a property is tried a few times, the same ones each time. */
fc.configureGlobal({ numRuns: 12, seed: 20_260_101 })
