import { z } from 'zod'

// Zod asks when a schema is made whether code may be generated, by trying; under our CSP that try
// is already a violation. So this must be imported before any module that makes a schema.
z.config({ jitless: true })
