import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { END_THREAD } from './end-thread.ts'

/** Entry of a worker thread: writes the log back into the database while capture goes on. */
const { file } = workerData as { file: string }
const db = new Database(file, { fileMustExist: true, timeout: 0 })
db.pragma('synchronous = FULL')
if (process.platform === 'darwin') db.pragma('checkpoint_fullfsync = ON')

parentPort?.on('message', (message: string) => {
  if (message === END_THREAD) process.exit()
  // PASSIVE never waits for the writer, and the writer never waits for it.
  db.pragma('wal_checkpoint(PASSIVE)')
  if (message === 'empty') parentPort?.postMessage(emptied() ? 'emptied' : 'held')
  else parentPort?.postMessage('done')
})

/** After the passive one next to nothing is left to do under the lock; it does not wait for it. */
function emptied(): boolean {
  try {
    return Number(db.pragma('wal_checkpoint(TRUNCATE)', { simple: true })) === 0
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
    throw error
  }
}
