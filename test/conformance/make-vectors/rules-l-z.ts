import type { Rule } from './rule.ts'

/** The schemes from l to z. */
export const rules: Rule[] = []
