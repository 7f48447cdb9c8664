/** The database is ours and is damaged, by what was read of it rather than by what SQLite said. */
export class DamagedDatabase extends Error {
  override name = 'DamagedDatabase'
}
