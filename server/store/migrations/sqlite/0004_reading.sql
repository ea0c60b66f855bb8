CREATE TABLE comments (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    post_id BLOB NOT NULL REFERENCES posts (id),
    -- The comment that this one answers, which answers none itself.
    parent_id BLOB REFERENCES comments (id),
    author_id BLOB NOT NULL REFERENCES accounts (id),
    -- A staff role's word, or 'guardian': in which capacity it was written.
    capacity TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    -- Taken back by the author, without its text; or taken away by staff for a reason, kept on record.
    removed_at INTEGER,
    removed_by BLOB REFERENCES accounts (id),
    removal_reason TEXT
);
CREATE INDEX comments_by_post ON comments (post_id, created_at, id) WHERE parent_id IS NULL;
CREATE INDEX comments_by_parent ON comments (parent_id, created_at, id) WHERE parent_id IS NOT NULL;
CREATE INDEX comments_standing ON comments (post_id) WHERE removed_at IS NULL;
