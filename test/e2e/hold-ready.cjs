'use strict'
/*
 * Loaded into Electron before the app (`electron -r`): the app finds itself ready once a test calls
 * `beginApp()`. Until then there is no window. Playwright otherwise attaches to one that is being
 * made: now and then it never hears of it again, and the page is loaded before it is watched.
 */
const { app } = require('electron')

const ready = app.whenReady()
const emit = app.emit.bind(app)
let heldBack = []
let hasBegun = false
let begin = () => undefined
const begins = new Promise((resolve) => {
  begin = resolve
})

app.emit = (event, ...values) => {
  if (event !== 'ready' || hasBegun) return emit(event, ...values)
  heldBack = values
  return app.listenerCount('ready') > 0
}
app.isReady = () => hasBegun
app.whenReady = () => begins

globalThis.beginApp = async () => {
  await ready
  hasBegun = true
  begin()
  emit('ready', ...heldBack)
}
// Playwright calls it when it has connected; we wait for the test.
globalThis['__playwright_run'] = () => undefined
