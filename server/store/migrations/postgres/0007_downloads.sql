-- Who took a picture out of the portal, each time.
CREATE TABLE picture_downloads (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    media_id UUID NOT NULL REFERENCES media (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    downloaded_at BIGINT NOT NULL
);
CREATE INDEX picture_downloads_by_media ON picture_downloads (media_id, downloaded_at);
