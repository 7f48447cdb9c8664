import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from './button.tsx'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode
  wide?: boolean
  /** As large as the window allows; what is in it divides the height. */
  large?: boolean
  role?: 'dialog' | 'alertdialog'
}

/** A modal dialog with a heading, a body that scrolls and a foot that stays. */
export function Dialog(props: Props) {
  const { title, onClose, children, footer, wide, large, role = 'dialog' } = props
  const size = large ? 'h-full max-w-7xl' : wide ? 'max-w-4xl' : 'max-w-xl'
  return (
    <ModalOverlay
      isOpen
      isDismissable={role === 'dialog'}
      onOpenChange={(open) => !open && onClose()}
      className={`fixed inset-0 z-40 flex items-start justify-center bg-scrim px-4 pb-6 ${large ? 'pt-6' : 'pt-[8vh]'}`}
    >
      <Modal
        className={`appear float-shadow flex max-h-full w-full flex-col overflow-hidden rounded-lg border border-line bg-raised ${size}`}
      >
        <AriaDialog role={role} className="flex min-h-0 flex-1 flex-col outline-none">
          <header className="flex items-center gap-2 border-b border-line py-2.5 pr-2.5 pl-5">
            <Heading slot="title" className="min-w-0 flex-1 truncate text-lg font-semibold">
              {title}
            </Heading>
            <IconButton icon={X} label="Close" hotkey="Esc" onPress={onClose} />
          </header>
          <div
            className={`min-h-0 flex-1 overflow-y-auto ${large ? 'flex flex-col' : 'px-5 py-4'}`}
          >
            {children}
          </div>
          {footer && (
            <footer className="flex items-center justify-end gap-2 border-t border-line bg-canvas px-5 py-3">
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
