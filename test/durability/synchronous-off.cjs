// Loaded with --require: turns every `synchronous = FULL` into OFF and leaves out the sync of the log
// that capture makes by itself, so that the test of the order of system calls can show that it
// notices.
const fs = require('node:fs')
const Database = require('better-sqlite3')

for (const name of ['pragma', 'exec']) {
  const original = Database.prototype[name]
  Database.prototype[name] = function (sql, ...rest) {
    return original.call(this, sql.replace(/synchronous\s*=\s*\w+/gi, 'synchronous = OFF'), ...rest)
  }
}

fs.fdatasync = (_descriptor, done) => setImmediate(done, null)
