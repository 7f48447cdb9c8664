export interface MenuCommand {
  menu: 'file' | 'settings' | 'view' | 'go' | 'delivery' | 'help'
  /** A command of the page; `null`: a line between commands. */
  id: string | null
  label: string
}

/** Commands of the page that stand in the application's menu, in its order. */
export const menuCommands: readonly MenuCommand[] = [
  { menu: 'file', id: 'app.addEndpoint', label: 'Add Endpoint…' },
  { menu: 'file', id: 'app.sendTest', label: 'Send a Test Webhook' },
  { menu: 'file', id: 'app.pause', label: 'Pause or Resume Listening' },
  { menu: 'file', id: null, label: '' },
  { menu: 'file', id: 'app.import', label: 'Import Deliveries…' },
  { menu: 'file', id: 'list.export', label: 'Export Deliveries…' },
  { menu: 'settings', id: 'app.settings', label: 'Settings…' },
  { menu: 'view', id: 'app.palette', label: 'Commands…' },
  { menu: 'view', id: null, label: '' },
  { menu: 'view', id: 'app.sidebar', label: 'Show or Hide the Sidebar' },
  { menu: 'view', id: 'app.detail', label: 'Show or Hide the Delivery' },
  { menu: 'view', id: 'app.density', label: 'Change the Density' },
  { menu: 'view', id: 'app.theme', label: 'Change the Theme' },
  { menu: 'go', id: 'go.back', label: 'Back' },
  { menu: 'go', id: 'go.forward', label: 'Forward' },
  { menu: 'go', id: null, label: '' },
  { menu: 'go', id: 'go.all', label: 'All Deliveries' },
  { menu: 'go', id: 'go.failures', label: 'Failures' },
  { menu: 'go', id: 'go.endpoint', label: 'Endpoint…' },
  { menu: 'go', id: 'go.overview', label: 'Overview' },
  { menu: 'go', id: 'go.verify', label: 'Verify' },
  { menu: 'go', id: 'go.schemes', label: 'Schemes' },
  { menu: 'delivery', id: 'delivery.replay', label: 'Replay…' },
  { menu: 'delivery', id: 'delivery.pin', label: 'Pin or Unpin' },
  { menu: 'delivery', id: 'delivery.compare', label: 'Compare…' },
  { menu: 'delivery', id: null, label: '' },
  { menu: 'delivery', id: 'delivery.copyCurl', label: 'Copy as cURL' },
  { menu: 'delivery', id: 'delivery.copyLink', label: 'Copy Link' },
  { menu: 'delivery', id: 'delivery.saveBody', label: 'Save Body…' },
  { menu: 'help', id: 'app.docs', label: 'Documentation' },
  { menu: 'help', id: 'app.shortcuts', label: 'Keyboard Shortcuts' },
  { menu: 'help', id: 'app.updates', label: 'Updates…' },
]
