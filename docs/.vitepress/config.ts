import { cpSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { contents } from './contents.ts'

const root = import.meta.dirname

/** The site of docs/. It asks nobody for anything: fonts, search and pictures are its own. */
export default defineConfig({
  title: 'Countersign',
  description: 'A webhook inspector that runs on your machine.',
  lang: 'en',
  outDir: `${root}/../../release/site`,
  cacheDir: `${root}/../../node_modules/.cache/vitepress`,
  // A link that leads nowhere stops the build.
  ignoreDeadLinks: false,
  metaChunk: true,
  // What docs/json.md names; VitePress itself carries pages and pictures alone.
  buildEnd: ({ outDir }) => cpSync(`${root}/../schemas`, `${outDir}/schemas`, { recursive: true }),
  markdown: {
    theme: { light: 'github-light', dark: 'github-dark' },
    config: (markdown) => {
      // Pages are Markdown, not Vue: two braces in code are two braces.
      const { code_inline: plain } = markdown.renderer.rules
      markdown.renderer.rules.code_inline = (...given) =>
        (plain?.(...given) ?? '').replaceAll('{{', '&#123;&#123;')
    },
  },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }]],
  vite: {
    publicDir: `${root}/../../renderer/public`,
    // The pictures are screenshots: they stay files.
    build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  },
  themeConfig: {
    logo: '/icon.svg',
    search: { provider: 'local', options: { detailedView: true } },
    outline: { level: [2, 3] },
    docFooter: { prev: 'Before', next: 'Next' },
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Providers', link: '/catalogue' },
      { text: 'REST API', link: '/api' },
    ],
    sidebar: contents,
  },
})
