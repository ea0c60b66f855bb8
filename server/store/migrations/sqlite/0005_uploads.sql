-- Files on their way in, piece by piece: what has come survives a lost connection and a restart.
CREATE TABLE uploads (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    account_id BLOB NOT NULL REFERENCES accounts (id),
    post_id BLOB NOT NULL REFERENCES posts (id),
    file_name TEXT NOT NULL,
    -- Bytes in all, and bytes that are stored.
    length INTEGER NOT NULL,
    received INTEGER NOT NULL,
    -- What it has become.
    media_id BLOB REFERENCES media (id),
    expires_at INTEGER NOT NULL
);
CREATE INDEX uploads_by_account ON uploads (account_id);
CREATE INDEX uploads_by_end ON uploads (expires_at);

CREATE TABLE upload_pieces (
    school_id BLOB NOT NULL REFERENCES schools (id),
    upload_id BLOB NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    -- Bytes before it.
    starts_at INTEGER NOT NULL,
    -- The file in the media store.
    piece_id BLOB NOT NULL,
    PRIMARY KEY (upload_id, starts_at)
);
