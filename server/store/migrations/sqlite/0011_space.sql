-- What a file takes in the media store, in bytes: while it is worked on, what came in. Files from before this are not counted.
ALTER TABLE media ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX media_space ON media (school_id, bytes) WHERE deleted_at IS NULL;
CREATE INDEX uploads_by_school ON uploads (school_id);
