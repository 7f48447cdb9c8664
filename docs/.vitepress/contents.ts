export interface Section {
  text: string
  items: { text: string; link: string }[]
}

/** What stands beside every page, on the site and in the copy that comes with the app. */
export const contents: Section[] = [
  {
    text: 'Begin',
    items: [
      { text: 'What it is', link: '/' },
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Providers', link: '/catalogue' },
      { text: 'Troubleshooting', link: '/troubleshooting' },
    ],
  },
  {
    text: 'Understand',
    items: [
      { text: 'Verdicts', link: '/verdicts' },
      { text: 'Diagnosis', link: '/diagnosis' },
      { text: 'Endpoint check', link: '/endpoint-check' },
      { text: 'Schemes', link: '/schemes' },
      { text: 'A scheme in ten minutes', link: '/add-a-scheme' },
    ],
  },
  {
    text: 'Use',
    items: [
      { text: 'Filters', link: '/filters' },
      { text: 'Replays', link: '/replays' },
      { text: 'Forwarding and answers', link: '/forwarding' },
      { text: 'HTTPS and who may post', link: '/https' },
      { text: 'A public URL', link: '/tunnels' },
      { text: 'Export and import', link: '/export' },
      { text: 'NDJSON', link: '/ndjson' },
      { text: 'The desktop app', link: '/desktop' },
      { text: 'Keyboard shortcuts', link: '/shortcuts' },
      { text: 'Command line', link: '/cli' },
      { text: 'JSON output', link: '/json' },
      { text: 'REST API', link: '/api' },
    ],
  },
  {
    text: 'Trust',
    items: [
      { text: 'Privacy', link: '/privacy' },
      { text: 'Your data', link: '/data' },
      { text: 'Secrets', link: '/secrets' },
      { text: 'Security', link: '/security' },
      { text: 'Performance', link: '/performance' },
      { text: 'Architecture', link: '/architecture' },
      { text: 'Testing', link: '/testing' },
      { text: 'Dependencies', link: '/dependencies' },
    ],
  },
]
