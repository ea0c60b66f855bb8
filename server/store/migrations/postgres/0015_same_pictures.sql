-- The same picture in another post: what was said about it is remembered.
CREATE INDEX media_by_source ON media (school_id, source_hash);
