import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import { Tip } from './tip.tsx'

const kinds = {
  primary:
    'bg-accent text-accent-ink font-medium hover:bg-accent/90 data-[pressed]:bg-accent/80 border border-transparent',
  plain: 'bg-raised border border-line-strong text-ink hover:bg-hover data-[pressed]:bg-line',
  quiet:
    'border border-transparent text-ink-2 hover:bg-hover hover:text-ink data-[pressed]:bg-line',
  danger:
    'border border-line-strong bg-raised text-red hover:bg-red/10 hover:border-red/50 data-[pressed]:bg-red/20',
}

interface Props extends Omit<ButtonProps, 'children' | 'className'> {
  kind?: keyof typeof kinds
  icon?: LucideIcon
  small?: boolean
  children: ReactNode
}

/** A button with words on it. */
export function Button({ kind = 'plain', icon: Icon, small, children, ...props }: Props) {
  const size = small ? 'h-6 px-2 text-sm gap-1' : 'h-7 px-2.5 gap-1.5'
  return (
    <AriaButton
      {...props}
      className={`inline-flex shrink-0 items-center justify-center rounded-md whitespace-nowrap ${size} ${kinds[kind]} disabled:opacity-50`}
    >
      {Icon && <Icon size={small ? 13 : 14} aria-hidden />}
      {children}
    </AriaButton>
  )
}

interface IconProps extends Omit<ButtonProps, 'children' | 'className'> {
  icon: LucideIcon
  label: string
  small?: boolean
  /** The key that does the same, shown in the tip. */
  hotkey?: string | undefined
}

/** A button with an icon alone; its label is its name and its tip. */
export function IconButton({ icon: Icon, label, small, hotkey, ...props }: IconProps) {
  return (
    <Tip text={label} {...(hotkey === undefined ? {} : { hotkey })}>
      <AriaButton
        {...props}
        aria-label={label}
        className={`inline-flex shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink disabled:opacity-40 ${small ? 'size-6' : 'size-7'}`}
      >
        <Icon size={small ? 13 : 15} aria-hidden />
      </AriaButton>
    </Tip>
  )
}
