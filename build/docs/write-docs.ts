import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { contents } from '#docs/.vitepress/contents.ts'

/** What pages refer to beside each other; pictures stay with the site, they are large. */
const FIGURES = 'figures'
/** JSON Schemas that docs/json.md names. */
const SCHEMAS = 'schemas'

/**
 * Writes the pages of docs/ as plain HTML without any script, for reading from the app: the browser
 * shell serves them under a policy that allows none, the desktop opens them as files.
 *
 * @param from - docs/
 * @param to - a folder that is made where it is absent
 */
export async function writeDocs(from: string, to: string): Promise<void> {
  const markdown = await createMarkdownRenderer(from, {
    highlight: (code) => `<pre><code>${escapeHtml(code)}</code></pre>`,
  })
  for (const relativePath of markdownFiles(from)) {
    const source = readFileSync(path.join(from, relativePath), 'utf8')
    const env = { path: path.join(from, relativePath), relativePath, cleanUrls: false }
    const file = path.join(to, relativePath.replace(/\.md$/, '.html'))
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, page(source, markdown.render(source, env), relativePath))
  }
  for (const folder of [FIGURES, SCHEMAS]) {
    cpSync(path.join(from, folder), path.join(to, folder), { recursive: true })
  }
  cpSync(path.join(import.meta.dirname, 'docs.css'), path.join(to, 'docs.css'))
  cpSync(path.join(from, '..', 'renderer', 'public', 'icon.svg'), path.join(to, 'icon.svg'))
}

/** Every page, by its path with slashes. */
function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.md') && !name.startsWith('.'))
    .sort()
}

function page(source: string, rendered: string, relativePath: string): string {
  const title = /^# (.+)$/m.exec(source)?.[1] ?? 'Countersign'
  const up = '../'.repeat(relativePath.split('/').length - 1)
  const html = rendered
    .replaceAll(/<picture>.*?<\/picture>/gs, '')
    .replaceAll(/<button [^>]*class="copy"[^>]*><\/button>/g, '')
    .replaceAll(' v-pre', '')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Countersign</title>
<link rel="icon" type="image/svg+xml" href="${up}icon.svg">
<link rel="stylesheet" href="${up}docs.css">
</head>
<body>
<nav aria-label="Documentation">
${navigation(up, relativePath)}
</nav>
<main>
${html}
</main>
</body>
</html>
`
}

function navigation(up: string, relativePath: string): string {
  return contents
    .map(({ text, items }) => {
      const links = items.map(({ text: name, link }) => {
        const target = link === '/' ? 'index' : link.slice(1)
        const here = `${target}.md` === relativePath ? ' aria-current="page"' : ''
        return `<li><a href="${up}${target}.html"${here}>${escapeHtml(name)}</a></li>`
      })
      return `<h2>${escapeHtml(text)}</h2>\n<ul>\n${links.join('\n')}\n</ul>`
    })
    .join('\n')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
