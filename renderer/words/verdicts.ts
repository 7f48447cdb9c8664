import {
  CircleHelp,
  ClockAlert,
  FileX,
  Handshake,
  KeyRound,
  Lock,
  ScanSearch,
  ShieldCheck,
  ShieldOff,
  ShieldX,
  type LucideIcon,
} from 'lucide-react'
import type { DuplicateKind, Verdict } from '#contract/verdict.ts'

interface VerdictLook {
  word: string
  icon: LucideIcon
  text: string
  soft: string
  /** For the filter: what this verdict says in a few words. */
  meaning: string
}

/** Icon, word and colour of every verdict; never one without the others. */
export const verdictLooks: Record<Verdict, VerdictLook> = {
  valid: {
    word: 'valid',
    icon: ShieldCheck,
    text: 'text-green',
    soft: 'soft-green',
    meaning: 'The signature is right and fresh',
  },
  invalid: {
    word: 'invalid',
    icon: ShieldX,
    text: 'text-red',
    soft: 'soft-red',
    meaning: 'No secret produces this signature',
  },
  stale: {
    word: 'stale',
    icon: ClockAlert,
    text: 'text-amber',
    soft: 'soft-amber',
    meaning: 'The signature is right, the timestamp too far off',
  },
  unsigned: {
    word: 'unsigned',
    icon: ShieldOff,
    text: 'text-grey',
    soft: 'soft-grey',
    meaning: 'The signature header is absent',
  },
  malformed: {
    word: 'malformed',
    icon: ScanSearch,
    text: 'text-orange',
    soft: 'soft-orange',
    meaning: 'The signature cannot be read',
  },
  'no-secret': {
    word: 'no secret',
    icon: KeyRound,
    text: 'text-blue',
    soft: 'soft-blue',
    meaning: 'Nothing to check with yet',
  },
  locked: {
    word: 'locked',
    icon: Lock,
    text: 'text-blue',
    soft: 'soft-blue',
    meaning: 'The secrets are sealed',
  },
  incomplete: {
    word: 'incomplete',
    icon: FileX,
    text: 'text-orange',
    soft: 'soft-orange',
    meaning: 'The body did not arrive whole',
  },
  'no-scheme': {
    word: 'no scheme',
    icon: CircleHelp,
    text: 'text-grey',
    soft: 'soft-grey',
    meaning: 'Nothing says who signed',
  },
  challenge: {
    word: 'challenge',
    icon: Handshake,
    text: 'text-violet',
    soft: 'soft-violet',
    meaning: 'A set-up handshake',
  },
}

/** The verdicts that a correct receiver would refuse: what the “Failures” view holds. */
export const failures: Verdict[] = ['invalid', 'stale', 'unsigned', 'malformed', 'incomplete']

export const duplicateWords: Record<DuplicateKind, { word: string; sentence: string }> = {
  retry: { word: 'retry', sentence: 'Same message and body, signed anew.' },
  'exact-replay': {
    word: 'exact replay',
    sentence: 'Same message id, timestamp and signature: the same request again.',
  },
  'id-reuse': { word: 'id reuse', sentence: 'Same message id, another body.' },
  'same-body': {
    word: 'same body',
    sentence: 'This scheme has no message id; only the body is equal. A weak sign.',
  },
}
