import type { Migration } from './migration.ts'

/** What a sender presented in the TLS handshake, JSON of the contract; NULL: nothing. */
const sql = `ALTER TABLE deliveries ADD COLUMN client_certificate TEXT;`

export const clientCertificates: Migration = { number: 8, name: 'client-certificates', sql }
