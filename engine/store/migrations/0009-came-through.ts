import type { Migration } from './migration.ts'

/** How a request came here, JSON of the contract; NULL: nothing but its headers tells. */
const sql = `ALTER TABLE deliveries ADD COLUMN came_through TEXT;`

export const cameThrough: Migration = { number: 9, name: 'came-through', sql }
