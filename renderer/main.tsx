import './platform/no-generated-code.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme/fonts.css'
import './theme/app.css'
import { queryClient } from './app/api.ts'
import { App } from './app/app.tsx'
import { installChanges } from './app/changes.ts'
import { installFailureBadge } from './app/failure-badge.ts'
import { installTrustedTypes } from './platform/trusted-types.ts'
import { installDensity } from './theme/density.ts'
import { installTheme } from './theme/theme.ts'

installTrustedTypes()
installTheme()
installDensity()
installFailureBadge()
installChanges()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
