import { z } from 'zod'

const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'] as const

const Advisory = z.object({
  title: z.string(),
  url: z.string().optional(),
  severity: z.enum(SEVERITIES),
  range: z.string().optional(),
})

/** The answer of `npm audit --json`: https://docs.npmjs.com/cli/commands/npm-audit */
const Report = z.object({
  auditReportVersion: z.number(),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.enum(SEVERITIES),
      /** An advisory about it, or the name of another package that it has it from. */
      via: z.array(z.union([z.string(), Advisory])),
      /** Folders of the lock file that are affected. */
      nodes: z.array(z.string()),
    }),
  ),
})

export interface Finding {
  name: string
  severity: (typeof SEVERITIES)[number]
  /** Titles of the advisories, or the packages that it is affected through. */
  because: string[]
  /** Whether an affected folder is one that is shipped. */
  shipped: boolean
}

export type AuditOutcome =
  | { answered: true; findings: Finding[] }
  /** The registry did not say anything that could be read: nothing is known. */
  | { answered: false; why: string }

const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity)

/** What `npm audit --json` printed; an error of npm's is not an empty report. */
export function readAudit(printed: string, shipped: ReadonlySet<string>): AuditOutcome {
  let json: unknown
  try {
    json = JSON.parse(printed)
  } catch {
    return { answered: false, why: `npm printed no JSON: ${printed.trim().slice(0, 200)}` }
  }
  const report = Report.safeParse(json)
  if (!report.success) return { answered: false, why: errorOf(json) }
  const findings = Object.entries(report.data.vulnerabilities).map(([name, found]) => ({
    name,
    severity: found.severity,
    because: found.via.map((via) => (typeof via === 'string' ? `through ${via}` : via.title)),
    shipped: found.nodes.some((folder) => shipped.has(folder)),
  }))
  return { answered: true, findings: findings.sort((a, b) => rank(b) - rank(a)) }
}

const Failure = z.object({
  message: z.string().optional(),
  error: z.object({ summary: z.string().optional(), code: z.string().nullish() }).optional(),
})

function errorOf(json: unknown): string {
  const { data } = Failure.safeParse(json)
  // Its first line: what follows may hold addresses of the machine.
  const said = data?.message ?? data?.error?.summary ?? data?.error?.code ?? 'another report format'
  return said.split('\n')[0]?.replace(/https?:\/\/[^\s]+/g, 'the registry') ?? ''
}
