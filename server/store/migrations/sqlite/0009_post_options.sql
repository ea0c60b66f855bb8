-- The options of a post, and what readers answer to it.

-- JSON of `model::options::PostOptions`: what stands in the form of a draft, finished or not. The columns below hold of a
-- published post; `publish_at` of a scheduled one.
ALTER TABLE posts ADD COLUMN draft_options TEXT NOT NULL DEFAULT '{}';
ALTER TABLE posts ADD COLUMN publish_at INTEGER;
-- The version that is published by itself at `publish_at`: any later save makes it a plain draft again.
ALTER TABLE posts ADD COLUMN scheduled_version INTEGER;
-- Why a scheduled post was not published: a word of `model::options::Held`.
ALTER TABLE posts ADD COLUMN held TEXT;
ALTER TABLE posts ADD COLUMN expires_at INTEGER;
ALTER TABLE posts ADD COLUMN is_pinned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE posts ADD COLUMN comments_open BOOLEAN NOT NULL DEFAULT TRUE;
-- None: not urgent.
ALTER TABLE posts ADD COLUMN urgent_reason TEXT;
-- Guardians are asked to confirm by then.
ALTER TABLE posts ADD COLUMN confirm_by INTEGER;
ALTER TABLE posts ADD COLUMN reminded_at INTEGER;
UPDATE posts SET comments_open = FALSE
    WHERE id IN (SELECT pg.post_id FROM post_groups pg JOIN groups g ON g.id = pg.group_id WHERE g.is_school);

-- Where the post stands in the feed: when it was published, or above everything while it is pinned; none while it is not
-- in the feed.
ALTER TABLE post_groups ADD COLUMN feed_at INTEGER;
UPDATE post_groups SET feed_at = published_at;
CREATE INDEX post_groups_feed ON post_groups (group_id, feed_at DESC, post_id DESC);

-- The audience of a post for the guardians of named children.
CREATE TABLE post_children (
    school_id BLOB NOT NULL REFERENCES schools (id),
    post_id BLOB NOT NULL REFERENCES posts (id),
    child_id BLOB NOT NULL REFERENCES children (id),
    feed_at INTEGER,
    PRIMARY KEY (post_id, child_id)
);
CREATE INDEX post_children_feed ON post_children (child_id, feed_at DESC, post_id DESC);

-- The groups of those children when they were named: the staff of the group reads along, other guardians do not.
CREATE TABLE post_teams (
    school_id BLOB NOT NULL REFERENCES schools (id),
    post_id BLOB NOT NULL REFERENCES posts (id),
    group_id BLOB NOT NULL REFERENCES groups (id),
    feed_at INTEGER,
    PRIMARY KEY (post_id, group_id)
);
CREATE INDEX post_teams_feed ON post_teams (group_id, feed_at DESC, post_id DESC);

CREATE TABLE post_confirmations (
    school_id BLOB NOT NULL REFERENCES schools (id),
    post_id BLOB NOT NULL REFERENCES posts (id),
    account_id BLOB NOT NULL REFERENCES accounts (id),
    confirmed_at INTEGER NOT NULL,
    PRIMARY KEY (post_id, account_id)
);

CREATE TABLE polls (
    post_id BLOB NOT NULL PRIMARY KEY REFERENCES posts (id),
    school_id BLOB NOT NULL REFERENCES schools (id),
    question TEXT NOT NULL,
    is_multiple BOOLEAN NOT NULL,
    is_anonymous BOOLEAN NOT NULL,
    closes_at INTEGER NOT NULL
);

CREATE TABLE poll_choices (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    post_id BLOB NOT NULL REFERENCES polls (post_id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    -- Of an anonymous poll: a count is all that is kept. Each vote writes every row of its poll, so that not even the
    -- database's own marks tell which of them it raised.
    anonymous_votes INTEGER NOT NULL
);
CREATE INDEX poll_choices_by_post ON poll_choices (post_id, position);

-- Who has voted, in anonymous polls too; not what, and not when.
CREATE TABLE poll_voters (
    school_id BLOB NOT NULL REFERENCES schools (id),
    post_id BLOB NOT NULL REFERENCES polls (post_id),
    account_id BLOB NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (post_id, account_id)
);

-- What was voted in polls that are not anonymous.
CREATE TABLE poll_votes (
    school_id BLOB NOT NULL REFERENCES schools (id),
    choice_id BLOB NOT NULL REFERENCES poll_choices (id),
    account_id BLOB NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (choice_id, account_id)
);
CREATE INDEX poll_votes_by_account ON poll_votes (account_id);
