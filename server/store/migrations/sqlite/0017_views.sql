-- Who took pictures out is forgotten school by school, when the time has come that the school has set.
CREATE INDEX picture_downloads_by_school ON picture_downloads (school_id, downloaded_at);
