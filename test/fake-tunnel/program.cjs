// A tunnel program for tests: its name says which one it plays, `config.json` beside it how. It
// writes what the real one writes, and leads a port of its own to the listener as the service's
// edge does. What it was started with stands in `run.json`, the port in `edge.json`.
'use strict'

const fs = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const path = require('node:path')

const folder = path.dirname(process.argv[1])
const name = path.basename(process.argv[1])
const args = process.argv.slice(2)
const at = (file) => path.join(folder, file)
const config = JSON.parse(fs.readFileSync(at('config.json'), 'utf8'))

const versions = {
  cloudflared: 'cloudflared version 2026.9.1 (built 2026-09-12-1402 UTC)',
  ngrok: 'ngrok version 3.36.1',
  tailscale: '1.92.3\n  tailscale commit: 0123456789abcdef\n',
  ssh: 'OpenSSH_9.9p1, OpenSSL 3.4.0 22 Oct 2024',
}
if (['--version', 'version', '-V'].includes(args[0])) {
  ;(name === 'ssh' ? process.stderr : process.stdout).write(`${versions[name]}\n`)
  process.exit(0)
}

fs.writeFileSync(at('run.json'), JSON.stringify({ name, args, env: process.env, pid: process.pid }))
const time = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z')

const inBox = (text) => process.stderr.write(`${time()} INF ${text}\n`)
const logged = (text) => process.stdout.write(`t=${time()} lvl=info ${text}\n`)

const say = {
  cloudflared: {
    open(url) {
      const line = '-'.repeat(92)
      inBox('Requesting new quick Tunnel on trycloudflare.com...')
      inBox(`+${line}+`)
      inBox(
        '|  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |',
      )
      inBox(`|  ${url.padEnd(90)}|`)
      inBox(`+${line}+`)
      inBox('Registered tunnel connection connIndex=0 event=0 ip=198.51.100.7 protocol=quic')
    },
    refuse() {
      process.stderr.write(`${time()} INF Requesting new quick Tunnel on trycloudflare.com...\n`)
      process.stderr.write(
        'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host\n',
      )
    },
  },
  ngrok: {
    open(url, target) {
      logged('msg="no configuration paths supplied"')
      logged('msg="client session established" obj=tunnels.session')
      logged(`msg="started tunnel" obj=tunnels name=command_line addr=${target} url=${url}`)
    },
    refuse() {
      process.stdout.write(
        `t=${time()} lvl=eror msg="failed to auth" obj=tunnels.session err="authentication failed: The authtoken you specified does not look like a proper ngrok tunnel authtoken. Your authtoken: 2NotARealTokenButLong\\r\\n\\r\\nERR_NGROK_105\\r\\n"\n`,
      )
    },
  },
  tailscale: {
    open(url, target) {
      process.stdout.write(`Available on the internet:\n\n${url}/\n|-- proxy ${target}\n\n`)
      process.stdout.write('Press Ctrl+C to exit.\n')
    },
    refuse() {
      process.stderr.write('sending serve config: Access denied: serve config denied\n')
    },
  },
  ssh: {
    open(url) {
      if (args.includes('-v')) {
        process.stderr.write('debug1: remote forward success for: listen 8080, connect 127.0.0.1\n')
      } else {
        const host = url.replace(/^https:\/\//, '')
        process.stdout.write(`${host} tunneled with tls termination, ${url}\n`)
      }
    },
    refuse() {
      process.stderr.write('Host key verification failed.\r\n')
    },
  },
}[name]

/** Where the arguments lead to. */
function targetOf() {
  const rule = args[args.indexOf('-R') + 1]
  if (name === 'ssh') return `http://${rule.slice(rule.indexOf(':') + 1)}`
  const url = args.find((each) => /^https?(?:\+insecure)?:\/\//.test(each))
  return url.replace('+insecure', '')
}

/** As the edges of these services do: the Host stays, the sender's address is added at the end. */
function forward(request, response, target) {
  const came = request.headers['x-forwarded-for']
  const address = config.sender ?? '203.0.113.9'
  const headers = [...request.rawHeaders]
  const drop = new Set(['x-forwarded-for', 'x-forwarded-proto'])
  const kept = []
  for (let index = 0; index < headers.length; index += 2) {
    if (!drop.has(headers[index].toLowerCase())) kept.push(headers[index], headers[index + 1])
  }
  kept.push('X-Forwarded-For', came === undefined ? address : `${came}, ${address}`)
  kept.push('X-Forwarded-Proto', 'https')
  const options = { method: request.method, headers: kept, rejectUnauthorized: false }
  const client = target.startsWith('https:') ? https : http
  const out = client.request(target + request.url, options, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders)
    answer.pipe(response)
  })
  out.on('error', () => response.writeHead(502).end())
  request.pipe(out)
}

if (config.mode === 'refuse') {
  say.refuse()
  // The real ngrok tries for ever where it is not told to end.
  if (name === 'ngrok') setInterval(() => undefined, 60_000)
  else process.exitCode = 1
} else if (config.mode === 'silent') {
  setInterval(() => undefined, 60_000)
} else {
  const target = targetOf()
  const edge = http.createServer((request, response) => forward(request, response, target))
  edge.listen(0, '127.0.0.1', () => {
    const { port } = edge.address()
    fs.writeFileSync(at('edge.json'), JSON.stringify({ port, target }))
    say.open(config.url, target)
    if (config.mode === 'dies') {
      setTimeout(() => {
        process.stderr.write('the edge closed the connection\n')
        process.exit(3)
      }, 300)
    }
  })
  // Asked to end, it takes its time, as the real ones do with requests under way.
  if (config.mode === 'stubborn') process.on('SIGTERM', () => undefined)
}
