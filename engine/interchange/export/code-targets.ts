import type { HTTPSnippet } from '@readme/httpsnippet'
import type { CodeTarget } from '#contract/transfer.ts'
import { literals, type Literals } from './code-literals.ts'

export interface CodeForm extends CodeTarget {
  /** Of the snippet library. */
  library: readonly [target: Parameters<HTTPSnippet['convert']>[0], client: string]
  literals: Literals
  /** How a line of comment begins. */
  comment: string
  fileExtension: string
}

/**
 * The targets of the snippet library that make sense here: those in which every captured value stands
 * in a quoted text of its own, and whose form is current. Its shell and PowerShell targets are left
 * to our own commands.
 */
const forms: readonly CodeForm[] = [
  form('javascript-fetch', 'fetch', 'JavaScript', ['javascript', 'fetch'], literals.browser, 'js'),
  form(
    'javascript-xhr',
    'XMLHttpRequest',
    'JavaScript',
    ['javascript', 'xhr'],
    literals.browser,
    'js',
  ),
  form('node-fetch', 'fetch', 'Node.js', ['node', 'fetch'], literals.node, 'js'),
  form('node-http', 'node:http', 'Node.js', ['node', 'native'], literals.node, 'cjs'),
  form('node-axios', 'axios', 'Node.js', ['node', 'axios'], literals.node, 'js'),
  form('python-requests', 'requests', 'Python', ['python', 'requests'], literals.python, 'py'),
  form('go', 'net/http', 'Go', ['go', 'native'], literals.go, 'go'),
  form('php-curl', 'curl', 'PHP', ['php', 'curl'], literals.php, 'php'),
  form('php-guzzle', 'Guzzle', 'PHP', ['php', 'guzzle'], literals.php, 'php'),
  form('ruby', 'net/http', 'Ruby', ['ruby', 'native'], literals.ruby, 'rb'),
  form('java-http', 'java.net.http', 'Java', ['java', 'nethttp'], literals.java, 'java'),
  form('java-okhttp', 'OkHttp', 'Java', ['java', 'okhttp'], literals.java, 'java'),
  form('kotlin-okhttp', 'OkHttp', 'Kotlin', ['kotlin', 'okhttp'], literals.kotlin, 'kt'),
  form('csharp', 'HttpClient', 'C#', ['csharp', 'httpclient'], literals.csharp, 'cs'),
  form('rust-reqwest', 'reqwest', 'Rust', ['rust', 'reqwest'], literals.rust, 'rs'),
]

function form(
  id: string,
  name: string,
  language: string,
  library: CodeForm['library'],
  written: Literals,
  fileExtension: string,
): CodeForm {
  const comment = language === 'Python' || language === 'Ruby' ? '#' : '//'
  return { id, name, language, library, literals: written, comment, fileExtension }
}

/** What `code` can be exported for. */
export function codeTargets(): CodeTarget[] {
  return forms.map(({ id, name, language }) => ({ id, name, language }))
}

export function codeForm(id: string): CodeForm | undefined {
  return forms.find((each) => each.id === id)
}
