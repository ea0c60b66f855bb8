-- A photo, a film or a document.
ALTER TABLE media ADD COLUMN kind TEXT NOT NULL DEFAULT 'photo';
-- Of a film, in milliseconds.
ALTER TABLE media ADD COLUMN duration_ms BIGINT;
-- Of a document: its media type, its size in bytes, and who wrote it by its own data.
ALTER TABLE media ADD COLUMN document_type TEXT;
ALTER TABLE media ADD COLUMN document_size BIGINT;
ALTER TABLE media ADD COLUMN document_author TEXT;
