-- Files on their way in, piece by piece: what has come survives a lost connection and a restart.
CREATE TABLE uploads (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    file_name TEXT NOT NULL,
    -- Bytes in all, and bytes that are stored.
    length BIGINT NOT NULL,
    received BIGINT NOT NULL,
    -- What it has become.
    media_id UUID REFERENCES media (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX uploads_by_account ON uploads (account_id);
CREATE INDEX uploads_by_end ON uploads (expires_at);

CREATE TABLE upload_pieces (
    school_id UUID NOT NULL REFERENCES schools (id),
    upload_id UUID NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    -- Bytes before it.
    starts_at BIGINT NOT NULL,
    -- The file in the media store.
    piece_id UUID NOT NULL,
    PRIMARY KEY (upload_id, starts_at)
);
