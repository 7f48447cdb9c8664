import { lazy, Suspense, useEffect } from 'react'
import { AllowHostDialog } from '#renderer/replay/allow-host-dialog.tsx'
import { showDialog, useDialog } from './dialogs.ts'

const load = {
  newEndpoint: () => import('#renderer/endpoints/new-endpoint-dialog.tsx'),
  editEndpoint: () => import('#renderer/endpoints/edit-endpoint-dialog.tsx'),
  replay: () => import('#renderer/replay/replay-dialog.tsx'),
  bulk: () => import('#renderer/replay/bulk-dialog.tsx'),
  compare: () => import('#renderer/diff/compare-dialog.tsx'),
  export: () => import('#renderer/transfer/export-dialog.tsx'),
  import: () => import('#renderer/transfer/import-dialog.tsx'),
  saveFixture: () => import('#renderer/fixtures/save-fixture-dialog.tsx'),
  dataKey: () => import('#renderer/data-key/data-key-dialog.tsx'),
  palette: () => import('#renderer/commands/palette.tsx'),
  shortcuts: () => import('#renderer/commands/shortcut-sheet.tsx'),
}
const NewEndpointDialog = lazy(async () => ({
  default: (await load.newEndpoint()).NewEndpointDialog,
}))
const EditEndpointDialog = lazy(async () => ({
  default: (await load.editEndpoint()).EditEndpointDialog,
}))
const ReplayDialog = lazy(async () => ({ default: (await load.replay()).ReplayDialog }))
const BulkDialog = lazy(async () => ({ default: (await load.bulk()).BulkDialog }))
const CompareDialog = lazy(async () => ({ default: (await load.compare()).CompareDialog }))
const ExportDialog = lazy(async () => ({ default: (await load.export()).ExportDialog }))
const ImportDialog = lazy(async () => ({ default: (await load.import()).ImportDialog }))
const SaveFixtureDialog = lazy(async () => ({
  default: (await load.saveFixture()).SaveFixtureDialog,
}))
const Palette = lazy(async () => ({ default: (await load.palette()).Palette }))
const ShortcutsDialog = lazy(async () => ({ default: (await load.shortcuts()).ShortcutsDialog }))

const DataKeyDialog = lazy(async () => ({ default: (await load.dataKey()).DataKeyDialog }))

const close = () => showDialog(null)

function OpenDialog() {
  const dialog = useDialog()
  switch (dialog?.kind) {
    case 'new-endpoint':
      return <NewEndpointDialog {...dialog} onClose={close} />
    case 'edit-endpoint':
      return <EditEndpointDialog {...dialog} onClose={close} />
    case 'replay':
      return <ReplayDialog deliveryId={dialog.deliveryId} onClose={close} />
    case 'replay-many':
      return <BulkDialog {...dialog} onClose={close} />
    case 'compare':
      return <CompareDialog ids={dialog.ids} onClose={close} />
    case 'export':
      return <ExportDialog {...dialog} onClose={close} />
    case 'import':
      return <ImportDialog onClose={close} />
    case 'save-fixture':
      return <SaveFixtureDialog ids={dialog.ids} onClose={close} />
    case 'data-key':
      return <DataKeyDialog {...dialog} onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'palette':
      return <Palette {...dialog} onClose={close} />
    case undefined:
      return null
    default:
      return null
  }
}

/** How long the window is left to itself before dialogs are fetched, in milliseconds. */
const SETTLED_MS = 1_000

/** The dialog that is open. Each is fetched once the window has settled, so that it opens at once. */
export function DialogOutlet() {
  useEffect(() => {
    const fetchAll = () => {
      // Whoever opens a dialog that could not be fetched fetches it again, and is told.
      for (const fetchOne of Object.values(load)) fetchOne().catch(() => undefined)
    }
    const timer = setTimeout(() => requestIdleCallback(fetchAll), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      <Suspense fallback={null}>
        <OpenDialog />
      </Suspense>
      <AllowHostDialog />
    </>
  )
}
