const NO_TEXT = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
])

/** Whether a key goes into a text: then single letters are not shortcuts. Knows input methods. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing) return true
  const target = event.target
  if (target instanceof HTMLInputElement) return !target.readOnly && !NO_TEXT.has(target.type)
  if (target instanceof HTMLTextAreaElement) return !target.readOnly
  if (!(target instanceof HTMLElement)) return false
  // An editor that only shows takes no letters.
  if (target.isContentEditable) return target.ariaReadOnly !== 'true'
  return target.tagName === 'SELECT'
}
