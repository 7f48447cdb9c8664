import type { ViewProps } from '#renderer/body/view.ts'
import { TextPane } from './text-pane.tsx'

/** JSON laid out with two spaces, every digit and every repeated key in it. */
export function JsonText(props: ViewProps) {
  return <TextPane {...props} form="json" label="Body as JSON" />
}

export function XmlText(props: ViewProps) {
  return <TextPane {...props} form="xml" label="Body as XML" />
}

/** The text as it came. */
export function PlainText(props: ViewProps) {
  return <TextPane {...props} form="raw" label="Body as text" />
}
