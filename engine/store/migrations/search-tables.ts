/**
 * The two indexes and the triggers that write to them, apart from the migration that makes them: a
 * damaged index is replaced by a new one. Part of migration 6, hence never changed once released.
 */
export const SEARCH_TABLES = `
CREATE VIRTUAL TABLE search USING fts5 (
  url, headers, body, content = 'searched', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('crisismerge', 400);
CREATE VIRTUAL TABLE search_ids USING fts5 (
  message_id, content = 'deliveries', content_rowid = 'id', tokenize = 'trigram'
);
INSERT INTO search_ids (search_ids, rank) VALUES ('automerge', 0);
INSERT INTO search_ids (search_ids, rank) VALUES ('crisismerge', 400);`

/** `facets` and `search_ids` follow what judging anew and adoption change of indexed rows. */
export const FOLLOWING_TRIGGERS = `
CREATE TRIGGER facets_follow_verdict
AFTER UPDATE OF verdict, endpoint_id, scheme_id, status_answered ON deliveries
WHEN old.verdict IS NOT new.verdict OR old.endpoint_id IS NOT new.endpoint_id
  OR old.scheme_id IS NOT new.scheme_id OR old.status_answered IS NOT new.status_answered
BEGIN
  UPDATE facets SET verdict = new.verdict, endpoint_id = new.endpoint_id,
    scheme_id = new.scheme_id WHERE id = new.id;
  UPDATE facets SET status = new.status_answered
    WHERE id = new.id AND status IS NOT new.status_answered;
END;
CREATE TRIGGER facets_follow_skew AFTER UPDATE OF skew_seconds ON deliveries
WHEN old.skew_seconds IS NOT new.skew_seconds
BEGIN
  UPDATE facets SET skew = new.skew_seconds WHERE id = new.id;
END;
CREATE TRIGGER facets_follow_type AFTER UPDATE OF event_type ON deliveries
WHEN old.event_type IS NOT new.event_type
BEGIN
  UPDATE facets SET event_type = new.event_type WHERE id = new.id;
END;
CREATE TRIGGER search_ids_follow AFTER UPDATE OF message_id ON deliveries
WHEN old.message_id IS NOT new.message_id
  AND new.id <= (SELECT indexed_to FROM search_state)
BEGIN
  INSERT INTO search_ids (search_ids, rowid, message_id)
    SELECT 'delete', old.id, old.message_id WHERE old.message_id IS NOT NULL;
  INSERT INTO search_ids (rowid, message_id)
    SELECT new.id, new.message_id WHERE new.message_id IS NOT NULL;
END;
CREATE TRIGGER facets_follow_times AFTER INSERT ON delivery_times
BEGIN
  UPDATE facets SET duration = new.answered_at_ms - received_at_ms WHERE id = new.delivery_id;
END;`
