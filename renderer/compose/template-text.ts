import { parseTemplate } from '#contract/template/parse-template.ts'
import { parseJson } from '#renderer/body/json-parse.ts'

/** What is wrong with a text that is being written, and where. */
export interface TextProblem {
  /** UTF-16 offset into the text. */
  at: number
  line: number
  column: number
  sentence: string
}

const EXPRESSION = /\{\{(?:"(?:[^"\\]|\\.)*"|(?!\}\})[^"])*\}\}/gsu

/** Values filled in by as many characters, so that what is wrong keeps its place. */
function filledIn(text: string): string {
  return text.replace(EXPRESSION, (expression) => '0'.padEnd(expression.length, ' '))
}

/**
 * What is wrong with the template of a body; `null`: nothing. Where it is to be JSON, that is looked
 * at with something in place of the values: `{{now}}` may stand where a number or a part of a text does.
 */
export function templateProblem(text: string, asJson: boolean): TextProblem | null {
  const template = parseTemplate(text, { request: false })
  if ('problem' in template) {
    const before = text.slice(0, template.at).split('\n')
    const column = (before.at(-1)?.length ?? 0) + 1
    return { at: template.at, line: before.length, column, sentence: template.problem }
  }
  if (!asJson) return null
  const json = parseJson(filledIn(text))
  if (json.ok) return null
  const { offset, line, column, sentence } = json.problem
  return { at: offset, line, column, sentence: `No JSON from here: ${sentence}` }
}

/** A captured text as the template that renders it: braces in it are no values. */
export function asTemplate(text: string): string {
  return text.replaceAll('{{', '{{"{{"}}')
}
