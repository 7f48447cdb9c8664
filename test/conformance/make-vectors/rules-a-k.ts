import type { Rule } from './rule.ts'
import { bodyRules } from './rules-a-k-body.ts'
import { publicKeyRules } from './rules-a-k-public-key.ts'
import { specialRules } from './rules-a-k-special.ts'
import { timestampRules } from './rules-a-k-timestamp.ts'
import { tokenRules } from './rules-a-k-token.ts'

/** The schemes from a to k, and Langfuse. */
export const rules: Rule[] = [
  ...bodyRules,
  ...timestampRules,
  ...tokenRules,
  ...publicKeyRules,
  ...specialRules,
]
