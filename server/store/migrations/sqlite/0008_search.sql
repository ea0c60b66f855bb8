-- What can be searched: published posts, comments, names of pictures.
CREATE TABLE search_entries (
    num INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Of the post, the comment or the picture.
    entry_id BLOB NOT NULL,
    school_id BLOB NOT NULL REFERENCES schools (id),
    post_id BLOB NOT NULL REFERENCES posts (id),
    kind TEXT NOT NULL,
    -- The school once more, as a word of the index.
    scope TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (post_id, entry_id)
);
CREATE VIRTUAL TABLE search_index USING fts5 (
    scope, title, body, content = 'search_entries', content_rowid = 'num', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
    INSERT INTO search_index (rowid, scope, title, body) VALUES (new.num, new.scope, new.title, new.body);
END;
CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
    INSERT INTO search_index (search_index, rowid, scope, title, body) VALUES ('delete', old.num, old.scope, old.title, old.body);
END;
