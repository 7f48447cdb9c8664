import type { ComponentProps } from 'react'
import BodyCode from '#renderer/replay/body-code.tsx'
import { templateEditing } from './template-editing.ts'

/** The editor of bodies with the values of templates. */
export default function TemplateCode(props: Omit<ComponentProps<typeof BodyCode>, 'more'>) {
  return <BodyCode {...props} more={templateEditing} />
}
