#!/usr/bin/env node
/*
 * Runs on any Node: checks the version before it loads anything else, because the SQLite addon
 * crashes Node 20 and older instead of failing. Written in the JavaScript of Node 4 on purpose.
 */
'use strict'

var childProcess = require('child_process')
var fs = require('fs')
var os = require('os')
var path = require('path')

var NEEDED = 22
var root = path.join(__dirname, '..')

/** Whether npm put it where it is, beside other packages; else this is a checkout. */
var isInstalled = path.basename(path.dirname(root)) === 'node_modules'

function main() {
  if (parseInt(process.versions.node, 10) >= NEEDED) return load()
  var own = ownNode()
  if (own) return runOn(own)
  console.error(
    'Countersign needs Node ' +
      NEEDED +
      ' or newer, and this is ' +
      process.versions.node +
      '. Install one from https://nodejs.org/, or ' +
      (isInstalled
        ? 'put one beside Countersign with "npm install node@24".'
        : 'run "npm ci" in ' + root + ', which brings one along.'),
  )
  process.exit(2)
}

function load() {
  var built = path.join(root, 'dist', 'cli.cjs')
  if (!fs.existsSync(built)) {
    console.error(
      isInstalled
        ? 'Files of Countersign are missing in ' + root + '. Install it again.'
        : 'Countersign is not built yet. Run "npm run build" in ' + root + '.',
    )
    process.exit(1)
  }
  keepCompiled()
  require(built)
}

/** What Node compiled is kept for the next start, which takes a quarter less time then. */
function keepCompiled() {
  var enable = require('module').enableCompileCache
  if (enable && !process.env.NODE_COMPILE_CACHE) enable(cacheFolder())
}

/** A folder that only this user writes: what lies there is run. */
function cacheFolder() {
  if (!isInstalled) return path.join(root, 'node_modules', '.cache', 'countersign')
  var home = os.homedir()
  if (process.platform === 'win32') {
    return path.join(process.env.LOCALAPPDATA || home, 'Countersign', 'Cache')
  }
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'countersign')
  return path.join(process.env.XDG_CACHE_HOME || path.join(home, '.cache'), 'countersign')
}

/** A Node that the `node` package brought, found as Node finds packages; null: none new enough. */
function ownNode() {
  var name = process.platform === 'win32' ? 'node.exe' : 'node'
  for (var i = 0; i < module.paths.length; i++) {
    var folder = path.join(module.paths[i], 'node')
    var file = path.join(folder, 'bin', name)
    if (fs.existsSync(file) && versionIn(folder) >= NEEDED) return file
  }
  return null
}

function versionIn(folder) {
  try {
    return parseInt(
      JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version,
      10,
    )
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
    // A folder of another kind, whose program would be run for nothing.
    return 0
  }
}

function runOn(node) {
  var child = childProcess.spawn(node, [__filename].concat(process.argv.slice(2)), {
    stdio: 'inherit',
  })
  var forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']
  forwarded.forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal)
    })
  })
  child.on('error', function (error) {
    console.error(
      node +
        ' does not start (' +
        error.message +
        '). ' +
        (isInstalled ? 'Run "npm install node@24" again.' : 'Run "npm ci" in ' + root + '.'),
    )
    process.exit(2)
  })
  child.on('exit', function (code, signal) {
    if (code !== null) process.exit(code)
    process.exit(128 + (os.constants.signals[signal] || 0))
  })
}

main()
