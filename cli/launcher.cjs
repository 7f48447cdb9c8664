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

function main() {
  if (parseInt(process.versions.node, 10) >= NEEDED) return load()
  var own = ownNode()
  if (own) return runOn(own)
  console.error(
    'Countersign needs Node ' +
      NEEDED +
      ' or newer, and this is ' +
      process.versions.node +
      '. Install one from https://nodejs.org/, or run "npm ci" in ' +
      root +
      ', which brings one along.',
  )
  process.exit(2)
}

function load() {
  var built = path.join(root, 'dist', 'cli.cjs')
  if (!fs.existsSync(built)) {
    console.error('Countersign is not built yet. Run "npm run build" in ' + root + '.')
    process.exit(1)
  }
  require(built)
}

/** The Node that the project's own `node` package brought, or null. */
function ownNode() {
  var name = process.platform === 'win32' ? 'node.exe' : 'node'
  var file = path.join(root, 'node_modules', 'node', 'bin', name)
  return fs.existsSync(file) ? file : null
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
    console.error(node + ' does not start (' + error.message + '). Run "npm ci" in ' + root + '.')
    process.exit(2)
  })
  child.on('exit', function (code, signal) {
    if (code !== null) process.exit(code)
    process.exit(128 + (os.constants.signals[signal] || 0))
  })
}

main()
