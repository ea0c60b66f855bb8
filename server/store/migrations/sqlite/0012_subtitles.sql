-- When the subtitles of a film came; none without.
ALTER TABLE media ADD COLUMN subtitles_at INTEGER;
