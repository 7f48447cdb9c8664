import type { Reader } from '#engine/store/open-reader.ts'
import type { ExportStep, ExportStepInput } from './export-steps.ts'
import type { ImportStep, ImportStepInput } from './import-steps.ts'

/** What imports and exports are made of is loaded by the one read thread that does them. */
export function transferSteps(dataDir: string, reader: Reader) {
  let exporting: Promise<(input: ExportStepInput) => Promise<ExportStep>> | null = null
  let importing: Promise<(input: ImportStepInput) => Promise<ImportStep>> | null = null
  const loadExport = async () => (await import('./export-steps.ts')).exportSteps(dataDir, reader)
  const loadImport = async () => (await import('./import-steps.ts')).importSteps(dataDir, reader)
  return {
    async exportStep(input: ExportStepInput): Promise<ExportStep> {
      const step = await (exporting ??= loadExport())
      return step(input)
    },
    async importStep(input: ImportStepInput): Promise<ImportStep> {
      const step = await (importing ??= loadImport())
      return step(input)
    },
  }
}
