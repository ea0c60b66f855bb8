-- A paper form that the office has read in. Its file lies in the media store.
CREATE TABLE paper_forms (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    child_id BLOB NOT NULL REFERENCES children (id),
    -- Whose form it is; none: the pupil's.
    account_id BLOB REFERENCES accounts (id),
    recorded_by BLOB NOT NULL REFERENCES accounts (id),
    recorded_at INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    -- SHA-256 of the file
    file_hash BLOB NOT NULL,
    bytes INTEGER NOT NULL
);
CREATE INDEX paper_forms_by_child ON paper_forms (child_id);

-- What is left of a child's answers when the law wants them gone.
CREATE TABLE consent_erasures (
    child_id BLOB NOT NULL PRIMARY KEY REFERENCES children (id),
    school_id BLOB NOT NULL REFERENCES schools (id),
    erased_by BLOB NOT NULL REFERENCES accounts (id),
    erased_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    -- How many there were, and what they ended with.
    answers INTEGER NOT NULL,
    last_hash BLOB
);

-- Append-only, a chain for each child: a row carries the hash of the text that was answered, of the row before it, and its own.
CREATE TABLE consent_chain (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    child_id BLOB NOT NULL REFERENCES children (id),
    -- Counts the answers about a child, from 1.
    seq INTEGER NOT NULL,
    purpose_id BLOB NOT NULL REFERENCES purposes (id),
    -- None: the pupil, who decides from 16 years on.
    account_id BLOB REFERENCES accounts (id),
    yes BOOLEAN NOT NULL,
    how TEXT NOT NULL,
    recorded_by BLOB REFERENCES accounts (id),
    form_id BLOB REFERENCES paper_forms (id),
    answered_at INTEGER NOT NULL,
    -- The receipt: pictures that the answer hid, and that staff were given to look through.
    hidden INTEGER NOT NULL,
    to_review INTEGER NOT NULL,
    -- None in rows from before there was a chain: the next answer about the child seals them.
    text_hash BLOB,
    previous_hash BLOB,
    hash BLOB,
    UNIQUE (child_id, seq)
);
INSERT INTO consent_chain (id, school_id, child_id, seq, purpose_id, account_id, yes, how, recorded_by, answered_at, hidden, to_review)
SELECT id, school_id, child_id, ROW_NUMBER() OVER (PARTITION BY child_id ORDER BY answered_at, id), purpose_id, account_id, yes, how,
    recorded_by, answered_at, 0, 0 FROM consent_answers;
DROP TABLE consent_answers;
ALTER TABLE consent_chain RENAME TO consent_answers;
CREATE INDEX consent_answers_by_child ON consent_answers (child_id, purpose_id, account_id, answered_at);

-- What the chain of a child ends with: an end that is cut off shows.
CREATE TABLE consent_heads (
    child_id BLOB NOT NULL PRIMARY KEY REFERENCES children (id),
    school_id BLOB NOT NULL REFERENCES schools (id),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL
);

CREATE TRIGGER consent_answers_no_update BEFORE UPDATE ON consent_answers
BEGIN SELECT RAISE(ABORT, 'consent answers are append-only'); END;
CREATE TRIGGER consent_answers_no_delete BEFORE DELETE ON consent_answers
WHEN NOT EXISTS (SELECT 1 FROM consent_erasures e WHERE e.child_id = OLD.child_id)
BEGIN SELECT RAISE(ABORT, 'consent answers are append-only'); END;
-- A row that takes the place of another one is deleted without that trigger.
CREATE TRIGGER consent_answers_at_the_end BEFORE INSERT ON consent_answers
WHEN NEW.seq <> COALESCE((SELECT MAX(a.seq) FROM consent_answers a WHERE a.child_id = NEW.child_id), 0) + 1
    OR EXISTS (SELECT 1 FROM consent_answers a WHERE a.id = NEW.id)
    OR EXISTS (SELECT 1 FROM consent_erasures e WHERE e.child_id = NEW.child_id)
BEGIN SELECT RAISE(ABORT, 'consent answers are append-only'); END;
CREATE TRIGGER consent_erasures_no_update BEFORE UPDATE ON consent_erasures
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
CREATE TRIGGER consent_erasures_no_delete BEFORE DELETE ON consent_erasures
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
CREATE TRIGGER consent_erasures_once BEFORE INSERT ON consent_erasures
WHEN EXISTS (SELECT 1 FROM consent_erasures e WHERE e.child_id = NEW.child_id)
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;

-- A withdrawal hid this picture of the child. It stays hidden, whatever is answered later, until staff decide.
ALTER TABLE media_children ADD COLUMN held_since INTEGER;
-- The child was in it, and was covered.
ALTER TABLE picture_checks ADD COLUMN is_covered BOOLEAN NOT NULL DEFAULT FALSE;

-- After a withdrawal: staff look through the published pictures that may show the child.
CREATE TABLE picture_reviews (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    child_id BLOB NOT NULL REFERENCES children (id),
    -- 'group' or 'school': pictures placed for whom.
    audience TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    -- How many there were to look at.
    pictures INTEGER NOT NULL,
    done_at INTEGER
);
CREATE UNIQUE INDEX picture_reviews_open ON picture_reviews (child_id, audience) WHERE done_at IS NULL;
CREATE INDEX picture_reviews_by_school ON picture_reviews (school_id, begun_at);

-- Who has seen pictures in which a child is known to be: once for each day.
CREATE TABLE picture_views (
    school_id BLOB NOT NULL REFERENCES schools (id),
    media_id BLOB NOT NULL REFERENCES media (id),
    account_id BLOB NOT NULL REFERENCES accounts (id),
    -- Days since 1970, UTC.
    day INTEGER NOT NULL,
    viewed_at INTEGER NOT NULL,
    PRIMARY KEY (media_id, account_id, day)
);
CREATE INDEX picture_views_by_school ON picture_views (school_id, day);

-- A group's list of who may be pictured, as it was printed: what has changed since is marked.
CREATE TABLE preference_prints (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    group_id BLOB NOT NULL REFERENCES groups (id),
    printed_by BLOB NOT NULL REFERENCES accounts (id),
    printed_at INTEGER NOT NULL,
    -- JSON: child, purpose, effective answer
    answers TEXT NOT NULL
);
CREATE INDEX preference_prints_by_group ON preference_prints (group_id, printed_at);

-- Letters to guardians who have not answered.
CREATE TABLE preference_reminders (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    -- None: the yearly one.
    sent_by BLOB REFERENCES accounts (id),
    sent_at INTEGER NOT NULL,
    letters INTEGER NOT NULL
);
CREATE INDEX preference_reminders_by_school ON preference_reminders (school_id, sent_at);
