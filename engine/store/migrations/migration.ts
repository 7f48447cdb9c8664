/** One step of the schema. What was released is never changed: its hash is in every database. */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  number: number
  name: string
  sql: string
}
