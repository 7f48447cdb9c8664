import type { ExportFormat } from '#contract/transfer.ts'
import { platform } from '#renderer/platform/platform.ts'
import { readExport } from './run-export.ts'

/** More than anybody pastes. */
const MOST_BYTES = 8 * 1024 * 1024

/** Puts one delivery on the clipboard in a format of text; says what was copied. */
export async function copyAs(
  deliveryId: number,
  format: ExportFormat,
  name: string,
  credentials: 'masked' | 'kept',
): Promise<string> {
  const { transfer, blob } = await readExport({
    request: { selection: { ids: [deliveryId] }, format, credentials },
    signal: AbortSignal.timeout(30_000),
    most: MOST_BYTES,
  })
  if (blob.size >= MOST_BYTES) return 'It is too long for the clipboard: export it to a file.'
  await platform.copyText(await blob.text())
  const [warning] = transfer.warnings
  return warning === undefined ? `Copied ${name}.` : `Copied ${name}. ${warning}`
}
