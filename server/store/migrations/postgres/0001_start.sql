-- Ids: UUID v7. Times: microseconds since 1970, UTC. Words: see the enums of `model`.
-- Every row of a school carries its school.

CREATE TABLE schools (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    language TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE accounts (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    language TEXT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE sessions (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    token_hash BYTEA NOT NULL UNIQUE,
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_account ON sessions (account_id, ended_at);

-- Counts tries in a window of time: sign-in, codes, requests.
CREATE TABLE tries (
    bucket TEXT NOT NULL PRIMARY KEY,
    window_start BIGINT NOT NULL,
    count BIGINT NOT NULL
);

-- Browsers that have signed in to an account before: guessing elsewhere does not lock them out.
CREATE TABLE known_devices (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL
);

CREATE TABLE staff (
    school_id UUID NOT NULL REFERENCES schools (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (school_id, account_id, role)
);
CREATE INDEX staff_by_account ON staff (account_id);

CREATE TABLE groups (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    is_school BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    school_year TEXT NOT NULL,
    hue BIGINT,
    position BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX groups_by_school ON groups (school_id, position);

CREATE TABLE group_staff (
    school_id UUID NOT NULL REFERENCES schools (id),
    group_id UUID NOT NULL REFERENCES groups (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (group_id, account_id)
);
CREATE INDEX group_staff_by_account ON group_staff (account_id);

CREATE TABLE children (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    born_on TEXT,
    created_at BIGINT NOT NULL,
    left_at BIGINT
);
CREATE INDEX children_by_school ON children (school_id);

CREATE TABLE enrolments (
    school_id UUID NOT NULL REFERENCES schools (id),
    child_id UUID NOT NULL REFERENCES children (id),
    group_id UUID NOT NULL REFERENCES groups (id),
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (child_id, group_id)
);
CREATE INDEX enrolments_by_group ON enrolments (group_id, ended_at);

CREATE TABLE guardianships (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    child_id UUID NOT NULL REFERENCES children (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    scope TEXT NOT NULL,
    relation TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX guardianships_once ON guardianships (child_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX guardianships_by_account ON guardianships (account_id, ended_at);

CREATE TABLE invitations (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    code_hash BYTEA NOT NULL UNIQUE,
    child_id UUID REFERENCES children (id),
    scope TEXT,
    relation TEXT,
    role TEXT,
    group_id UUID REFERENCES groups (id),
    name TEXT NOT NULL,
    email TEXT,
    -- None: whoever runs the server.
    created_by UUID REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_by UUID REFERENCES accounts (id),
    revoked_at BIGINT,
    CHECK ((child_id IS NULL) <> (role IS NULL))
);
CREATE INDEX invitations_by_school ON invitations (school_id, used_at, revoked_at);

CREATE TABLE access_requests (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    child_name TEXT NOT NULL,
    relation TEXT NOT NULL,
    message TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    decided_by UUID REFERENCES accounts (id),
    decided_at BIGINT,
    child_id UUID REFERENCES children (id),
    invitation_id UUID REFERENCES invitations (id),
    -- The letter about the decision, which can be held back for a while.
    job_id UUID,
    created_at BIGINT NOT NULL
);
CREATE INDEX access_requests_by_school ON access_requests (school_id, state, created_at);

CREATE TABLE purposes (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    basis TEXT NOT NULL,
    -- JSON: {"nl": {"title": …, "text": …}, …}
    texts TEXT NOT NULL,
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    superseded_at BIGINT,
    UNIQUE (school_id, key, version)
);

-- Append-only: the latest row of a guardian for a purpose is that guardian's answer.
CREATE TABLE consent_answers (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    child_id UUID NOT NULL REFERENCES children (id),
    purpose_id UUID NOT NULL REFERENCES purposes (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    yes BOOLEAN NOT NULL,
    how TEXT NOT NULL,
    recorded_by UUID REFERENCES accounts (id),
    answered_at BIGINT NOT NULL
);
CREATE INDEX consent_answers_by_child ON consent_answers (child_id, purpose_id, account_id, answered_at);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'consent answers are append-only'; END $$;
CREATE TRIGGER consent_answers_append_only BEFORE UPDATE OR DELETE ON consent_answers
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE posts (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    author_id UUID NOT NULL REFERENCES accounts (id),
    author_role TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    -- JSON of `model::document::Document`
    body TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    published_at BIGINT,
    edited_at BIGINT
);
CREATE INDEX posts_by_author ON posts (author_id, state, updated_at);

-- The audience. `published_at` repeats the post's, so that a group's newest posts are one range of an index.
CREATE TABLE post_groups (
    school_id UUID NOT NULL REFERENCES schools (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    group_id UUID NOT NULL REFERENCES groups (id),
    published_at BIGINT,
    PRIMARY KEY (post_id, group_id)
);
CREATE INDEX post_groups_newest ON post_groups (group_id, published_at DESC, post_id DESC);

CREATE TABLE post_versions (
    school_id UUID NOT NULL REFERENCES schools (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_by UUID NOT NULL REFERENCES accounts (id),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (post_id, version)
);

CREATE TABLE post_reads (
    school_id UUID NOT NULL REFERENCES schools (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    read_at BIGINT NOT NULL,
    PRIMARY KEY (post_id, account_id)
);

CREATE TABLE media (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    owner_id UUID NOT NULL REFERENCES accounts (id),
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    alt TEXT NOT NULL,
    error TEXT,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    width_small BIGINT NOT NULL,
    width_medium BIGINT NOT NULL,
    width_large BIGINT NOT NULL,
    placeholder BYTEA,
    -- SHA-256 of the uploaded file: the same file sent twice is one picture
    source_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    -- The files are gone too; the row stays as proof of the picture check.
    erased_at BIGINT
);
CREATE INDEX media_working ON media (created_at) WHERE state = 'working';
CREATE INDEX media_deleted ON media (deleted_at) WHERE deleted_at IS NOT NULL AND erased_at IS NULL;

CREATE TABLE post_media (
    school_id UUID NOT NULL REFERENCES schools (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    media_id UUID NOT NULL REFERENCES media (id),
    position BIGINT NOT NULL,
    -- Shown to this child's guardians and to staff only.
    only_for_child UUID REFERENCES children (id),
    -- Added to a published post, and shown to nobody until it is released.
    is_pending BOOLEAN NOT NULL,
    PRIMARY KEY (post_id, media_id)
);
CREATE INDEX post_media_by_media ON post_media (media_id);

-- Children known to be in a picture: confirmed in the check, or tagged.
CREATE TABLE media_children (
    school_id UUID NOT NULL REFERENCES schools (id),
    media_id UUID NOT NULL REFERENCES media (id),
    child_id UUID NOT NULL REFERENCES children (id),
    PRIMARY KEY (media_id, child_id)
);
CREATE INDEX media_children_by_child ON media_children (child_id);

-- The proof of the picture check: what the author answered.
CREATE TABLE picture_checks (
    school_id UUID NOT NULL REFERENCES schools (id),
    media_id UUID NOT NULL REFERENCES media (id),
    child_id UUID NOT NULL REFERENCES children (id),
    present BOOLEAN NOT NULL,
    checked_by UUID NOT NULL REFERENCES accounts (id),
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (media_id, child_id)
);

CREATE TABLE conversations (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    child_id UUID NOT NULL REFERENCES children (id),
    subject TEXT NOT NULL,
    created_by UUID NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX conversations_by_child ON conversations (child_id, last_at);

-- Guardians chosen at the start, and staff who take part beside the team of the child's group.
CREATE TABLE participants (
    school_id UUID NOT NULL REFERENCES schools (id),
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    is_staff BOOLEAN NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, account_id)
);
CREATE INDEX participants_by_account ON participants (account_id);

CREATE TABLE messages (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    seq BIGINT NOT NULL,
    author_id UUID NOT NULL REFERENCES accounts (id),
    -- A staff role's word, or 'guardian': in which capacity it was written.
    capacity TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    UNIQUE (conversation_id, seq)
);

CREATE TABLE conversation_reads (
    school_id UUID NOT NULL REFERENCES schools (id),
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    read_seq BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, account_id)
);

-- Who takes part in a conversation now, computed each time: guardians chosen at the start, for as long as they have custody;
-- the team of the child's group; staff who started it or wrote in it, for as long as they are staff. A guardian of the child,
-- of whatever scope, is never there as staff: a colleague who is a parent does not read what the other parent writes.
-- Somebody may be there twice, as team and as staff who wrote.
CREATE VIEW conversation_members AS
SELECT p.conversation_id, p.account_id, FALSE AS is_staff
    FROM participants p
    JOIN conversations c ON c.id = p.conversation_id
    JOIN children k ON k.id = c.child_id AND k.left_at IS NULL
    WHERE NOT p.is_staff AND EXISTS (
        SELECT 1 FROM guardianships w
        WHERE w.child_id = c.child_id AND w.account_id = p.account_id AND w.scope = 'full' AND w.ended_at IS NULL)
UNION ALL
SELECT c.id, gs.account_id, TRUE
    FROM group_staff gs
    JOIN groups g ON g.id = gs.group_id AND g.ended_at IS NULL
    JOIN enrolments e ON e.group_id = gs.group_id AND e.ended_at IS NULL
    JOIN children k ON k.id = e.child_id AND k.left_at IS NULL
    JOIN conversations c ON c.child_id = e.child_id AND c.school_id = gs.school_id
    WHERE gs.ended_at IS NULL AND EXISTS (
        SELECT 1 FROM staff s
        WHERE s.school_id = c.school_id AND s.account_id = gs.account_id
        AND s.role IN ('teacher', 'specialist') AND s.ended_at IS NULL)
    AND NOT EXISTS (
        SELECT 1 FROM guardianships w WHERE w.child_id = c.child_id AND w.account_id = gs.account_id AND w.ended_at IS NULL)
UNION ALL
SELECT p.conversation_id, p.account_id, TRUE
    FROM participants p
    JOIN conversations c ON c.id = p.conversation_id
    WHERE p.is_staff AND EXISTS (
        SELECT 1 FROM staff s WHERE s.school_id = c.school_id AND s.account_id = p.account_id AND s.ended_at IS NULL)
    AND NOT EXISTS (
        SELECT 1 FROM guardianships w WHERE w.child_id = c.child_id AND w.account_id = p.account_id AND w.ended_at IS NULL);

-- What open pages are told; `seq` is the id of the event stream. Kept for a while, for streams that come back.
CREATE TABLE live_events (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- JSON of `model::live::LiveEvent`
    event TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX live_events_by_account ON live_events (account_id, seq);
CREATE INDEX live_events_by_age ON live_events (created_at);

-- The outbox: work that follows from a write, committed with it.
CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    -- JSON, see `domain::jobs`
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    locked_until BIGINT,
    last_error TEXT,
    done_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (run_at) WHERE done_at IS NULL;

CREATE TABLE audit_log (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    actor_id UUID REFERENCES accounts (id),
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX audit_log_by_school ON audit_log (school_id, at);
