import type { CheckReport } from '#contract/check.ts'
import { htmlReport } from './html.ts'
import { junitReport } from './junit.ts'

export type ReportFormat = 'html' | 'json' | 'junit'

interface ReportFile {
  /** Such as `endpoint-check-7.html`. */
  name: string
  mediaType: string
  text: string
}

/** A report as a file of its own. It holds what the report holds: no secret. */
export function reportFile(report: CheckReport, format: ReportFormat): ReportFile {
  const name = report.id > 0 ? `endpoint-check-${report.id}` : 'endpoint-check'
  switch (format) {
    case 'html':
      return { name: `${name}.html`, mediaType: 'text/html', text: htmlReport(report) }
    case 'junit':
      return { name: `${name}.xml`, mediaType: 'application/xml', text: junitReport(report) }
    case 'json':
      break
  }
  const text = `${JSON.stringify(report, null, 2)}\n`
  return { name: `${name}.json`, mediaType: 'application/json', text }
}
