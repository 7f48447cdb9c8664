import type { Rule } from './rule.ts'
import { rules as rulesOfL } from './rules-l.ts'
import { rules as rulesOfM } from './rules-m.ts'
import { rules as rulesNtoR } from './rules-n-r.ts'
import { rules as rulesStoZ } from './rules-s-z.ts'

/** The schemes from l to z. */
export const rules: Rule[] = [...rulesOfL, ...rulesOfM, ...rulesNtoR, ...rulesStoZ]
